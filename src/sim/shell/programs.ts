/** All programs of the learner's computer, by name. */
import type { Start } from "./program.ts";
import { telnet } from "./telnet.ts";

/** What can be started. */
export const programs: Readonly<Record<string, Start>> = { telnet };
