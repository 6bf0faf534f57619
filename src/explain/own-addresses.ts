/** Which addresses the learner's computer has: its own, or those of a NAT that is switched off. */
import type { Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";

/** The learner's addresses: without its NAT the computer itself has the address that the NAT had. */
export function ownAddresses(
  { learner, boxes = [] }: Scenario,
  isOn: (id: string) => boolean,
): readonly string[] {
  const off = boxes.find(
    ({ id, nat, behind }) => nat !== undefined && behind.includes(learner.name) && !isOn(id),
  );
  const lent = off?.nat?.addresses[off.behind.indexOf(learner.name)];
  return [lent ?? learner.address, learner.address6].filter((one) => one !== undefined);
}

/** The first of them, by the trace so far. */
export function ownAddress(scenario: Scenario, facts: readonly Fact[]): string {
  const isOn = (id: string): boolean => {
    const last = facts.findLast((fact) => fact.kind === "switch" && fact.id === id);
    if (last?.kind === "switch") return last.on;
    return scenario.boxes?.find((box) => box.id === id)?.on ?? true;
  };
  return ownAddresses(scenario, isOn)[0] ?? scenario.learner.address;
}
