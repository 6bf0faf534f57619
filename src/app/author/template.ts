/** What a new lesson begins as: short, whole, and it passes its own check. */

/** The template. */
export const template = `---
title: Ask what it is
scenario: article
minutes: 3
teaches: [SYST]
---
What kind of computer is at the other end? You can ask, and it may even tell the truth.

## Dial the server

Window 1 is where you talk. Type this, or press the button:

\`\`\`type 1
telnet ftptest.exavault.com 21
\`\`\`

\`\`\`goal
1< 220
\`\`\`

\`\`\`hint
Three words with a space between: the program, the name, the port.
\`\`\`

\`\`\`caption
We dial, and the server speaks first.
\`\`\`

## Ask it

Say \`SYST\`, short for *system*.

\`\`\`type 1
SYST
\`\`\`

\`\`\`goal
1< 215
\`\`\`

\`\`\`near 1< 500
1> SYSTEM
The server knows only the short word. Say \`SYST\`.
\`\`\`

\`\`\`hint
Four letters, the beginning of *system*.
\`\`\`

\`\`\`caption
\`SYST\`: what are you?
\`\`\`

***

\`\`\`remember
Nearly every server says UNIX, so that clients know how to read its lists.
\`\`\`

\`\`\`real life
Type \`quote SYST\` in the \`ftp\` program.
\`\`\`
`;
