import type { Scenario } from "../../src/sim/scenario.ts";
import { scenario } from "../play.ts";
import { HOST } from "./typing.ts";

const ARTICLE = scenario("article");
export const NEAR = { ...ARTICLE.learner, address: "192.168.1.7" };

/** A NAT at home, a firewall at the server, a printer that nobody dials. */
export const HOME: Scenario = {
  ...ARTICLE,
  learner: NEAR,
  hosts: [{ names: ["printer.home"], addresses: ["192.168.1.9"] }, ...ARTICLE.hosts],
  boxes: [
    {
      id: "nat",
      title: "NAT at your home",
      behind: [NEAR.name, "printer.home"],
      nat: { addresses: ["203.0.113.77"], forwards: [{ ports: [50_000, 50_010], to: NEAR.name }] },
    },
    { id: "wall", title: "Firewall", behind: [HOST], rules: [], on: false },
  ],
  faults: [{ id: "full", title: "The disk is full", host: HOST, kind: "full-disk" }],
};
