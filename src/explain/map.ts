/**
 * The map of a scenario: a road that runs down from the learner's computer, through the boxes it
 * stands behind, and out to the hosts that branch off from it. One row for each.
 */
import { type Connection, isTalk } from "./connections.ts";
import type { BoxSetup, HostSetup, Scenario } from "../sim/scenario.ts";

/** One row of the map. */
export interface Place {
  readonly kind: "learner" | "host" | "box" | "ear";
  /** The name of a host, the id of a box. */
  readonly name: string;
  readonly title: string;
  /** Its addresses, or what a box does. */
  readonly about: string;
  /** The lane in which it stands: 0 is the road itself. */
  readonly lane: number;
  /** The rows of the boxes between the road and this row, the outermost first. */
  readonly through: readonly number[];
}

/** Of so many hosts none is left out. */
const MANY = 8;

/**
 * Whether a host can be left out of a crowded map: an FTP server like the others, with nothing before
 * it. The first one stays, since a newcomer dials it.
 */
export function isOneOfMany({ hosts, boxes = [] }: Scenario, name: string): boolean {
  const host = hosts.find(({ names }) => names.includes(name));
  return (
    hosts.length > MANY &&
    host !== hosts[0] &&
    host?.ftp !== undefined &&
    host.shell !== true &&
    !boxes.some(({ behind }) => behind.includes(name))
  );
}

/** The rows, from the learner's computer down. `leaveOut` names the hosts that get none. */
export function placesOf(
  scenario: Scenario,
  leaveOut: ReadonlySet<string> = new Set(),
): readonly Place[] {
  const { learner, hosts, boxes = [], eavesdropper } = scenario;
  const rows: Place[] = [];
  const near = boxes.filter(({ behind }) => behind.includes(learner.name));
  const placed = new Set(leaveOut);
  /** The boxes in front of a host that are not the learner's own too, the outermost first. */
  const before = (host: HostSetup): BoxSetup[] =>
    boxes
      .filter((box) => !near.includes(box) && box.behind.includes(host.names[0] ?? ""))
      .toReversed();

  const host = (setup: HostSetup, lane: number, through: readonly number[]): void => {
    const [name = ""] = setup.names;
    placed.add(name);
    rows.push({
      kind: "host",
      name,
      lane,
      through,
      title: name,
      about: [setup.addresses.join(", "), setup.title].filter(Boolean).join(" · "),
    });
  };
  const branch = (
    setups: readonly HostSetup[],
    depth: number,
    through: readonly number[],
  ): void => {
    for (const setup of setups) {
      if (placed.has(setup.names[0] ?? "")) continue;
      const box = before(setup)[depth];
      if (!box) {
        host(setup, depth + 1, through);
        continue;
      }
      const behind = setups.filter((each) => before(each)[depth] === box);
      rows.push(boxRow(box, depth + 1, through));
      branch(behind, depth + 1, [...through, rows.length - 1]);
    }
  };

  rows.push({
    kind: "learner",
    name: learner.name,
    lane: 0,
    through: [],
    title: learner.name.slice(0, 1).toUpperCase() + learner.name.slice(1),
    about: [learner.address, learner.address6].filter(Boolean).join(", "),
  });
  for (const box of near) {
    const beside = hosts.filter((each) => box.behind.includes(each.names[0] ?? ""));
    branch(beside, 0, []);
    rows.push(boxRow(box, 0, []));
  }
  const heard = hosts.filter(({ names }) => eavesdropper?.hears.includes(names[0] ?? ""));
  branch(
    hosts.filter((each) => !heard.includes(each)),
    0,
    [],
  );
  if (eavesdropper && heard.length > 0) {
    rows.push({
      kind: "ear",
      name: eavesdropper.name,
      lane: 0,
      through: [],
      title: eavesdropper.name.slice(0, 1).toUpperCase() + eavesdropper.name.slice(1),
      about:
        heard.length > 3
          ? "reads what passes to all of those below"
          : `reads what passes to ${heard.map(({ names }) => names[0]).join(", ")}`,
    });
    branch(heard, 0, []);
  }
  return rows;
}

function boxRow(box: BoxSetup, lane: number, through: readonly number[]): Place {
  return { kind: "box", name: box.id, title: box.title, about: boxWords(box), lane, through };
}

/** What a box does, in a few words. */
export function boxWords({ nat, rules, helper, losesLarger, forgets, secret }: BoxSetup): string {
  if (secret === true) return "what it does is to be found out";
  const parts = [
    nat && `shows ${nat.addresses.join(", ")} to the outside`,
    nat?.forwards && nat.forwards.length > 0 && "passes some ports on inside",
    rules && "lets in what was asked for, and what its rules allow",
    helper && `reads along on port ${(helper.ports ?? [21]).join(", ")}`,
    losesLarger !== undefined && `loses packets over ${losesLarger} bytes`,
    forgets && `forgets what is silent for ${forgets.after} s`,
  ];
  return parts.filter((part) => typeof part === "string").join("; ");
}

/** The row where a connection's end stands: by the host's name, or by an address. */
export function placeOf(
  scenario: Scenario,
  places: readonly Place[],
  end: { readonly host?: string; readonly address: string; readonly port: number },
): number {
  const { learner, hosts, boxes = [] } = scenario;
  const at = (name: string | undefined): number =>
    places.findIndex((place) => place.kind !== "box" && place.name === name);
  if (end.host !== undefined) return at(end.host);
  const { address, port } = end;
  if (address === learner.address || address === learner.address6) return 0;
  const host = hosts.find(({ addresses }) => addresses.includes(address));
  if (host) return at(host.names[0]);
  const box = boxes.find(({ nat }) => nat?.addresses.includes(address));
  if (!box) return -1;
  const forward = box.nat?.forwards?.find(({ ports }) =>
    typeof ports === "number" ? ports === port : ports[0] <= port && port <= ports[1],
  );
  // Without a forward it is the one whose turn it is: a NAT that is off lends its addresses so.
  const inside =
    forward?.to ?? box.behind[box.nat?.addresses.indexOf(address) ?? 0] ?? box.behind[0];
  // A forward may name its host by address.
  const named = hosts.find(({ addresses }) => addresses.includes(inside ?? ""));
  return inside === learner.name || inside === learner.address ? 0 : at(named?.names[0] ?? inside);
}

/** The name of the host that window 1 talks to, or else the newest one that was talked to. */
export function spokenTo(
  scenario: Scenario,
  connections: readonly Connection[],
): string | undefined {
  const mine = connections.filter(({ role, back }) => role === "control" && !back);
  const talks = mine.filter(isTalk);
  const talk = talks.find(({ window }) => window === 1) ?? talks.at(-1) ?? mine.at(-1);
  const places = placesOf(scenario);
  return talk && places[placeOf(scenario, places, talk.to)]?.name;
}
