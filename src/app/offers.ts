/** What makes sense to type right now, from where the session stands: a start, not a limit. */
import type { Connection } from "../explain/connections.ts";
import type { Status } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";

/** One thing to type. A text that ends in a space wants something more behind it. */
export interface Offer {
  readonly window: number;
  readonly text: string;
  readonly why: string;
}

/**
 * What can be typed, given the control connection (if one stands) and the server's state; `dialled`
 * says that the port it listens on has been dialled already.
 */
export function offers(
  scenario: Scenario,
  control: Connection | undefined,
  status: Status | undefined,
  dialled = false,
): Offer[] {
  const servers = scenario.hosts.filter(({ ftp }) => ftp);
  const there = control?.state === "open" ? control.to.address : "";
  const host = servers.find(({ addresses }) => addresses.includes(there)) ?? servers[0];
  const name = host?.names[0] ?? "";
  const user = host?.ftp?.users[0];
  const dial = `telnet ${name} `;
  if (control?.state !== "open") {
    return [
      {
        window: 1,
        text: `${dial}${host?.ftp?.port ?? 21}`,
        why: "Dial the server. It speaks first.",
      },
    ];
  }
  const window = control.window ?? 1;
  const say = (text: string, why: string): Offer => ({ window, text, why });
  const quit = say("QUIT", "Say goodbye.");
  if (typeof status?.pending === "string") {
    return [
      say(`PASS ${user?.password ?? ""}`, "Prove it. On a real wire anybody could read this."),
      quit,
    ];
  }
  if (typeof status?.user !== "string") {
    return [
      say(`USER ${user?.name ?? ""}`, "Say who you are."),
      say("HELP", "Ask which commands it knows."),
      quit,
    ];
  }
  const around = [
    say("PWD", "Ask which folder you are in."),
    say("TYPE I", "Ask for every byte as it is."),
    say("SYST", "Ask what kind of system it is."),
  ];
  if (status.data !== "listening") {
    return [say("PASV", "Ask it to open a door for data."), ...around, quit];
  }
  const why = "Dial the port that the 227 names: fifth number × 256 + sixth.";
  return [
    ...(dialled ? [] : [{ window: window === 1 ? 2 : 1, text: dial, why }]),
    say("LIST", "Ask for the list. It arrives on the data connection."),
    say("RETR ", "Ask for a file by its name."),
    ...around,
    quit,
  ];
}
