/** The map as DOM: a road of rows, with the connections drawn along it in their colours. */
import { boxesReader, type BoxesReader } from "../../explain/boxes.ts";
import type { Connection, ConnectionReader } from "../../explain/connections.ts";
import { isOneOfMany, placeOf, placesOf, type Place } from "../../explain/map.ts";
import { ownAddresses } from "../../explain/own-addresses.ts";
import type { Fact } from "../../sim/facts.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { el, setText } from "../el.ts";
import { switchButton, type SwitchButton } from "./switch.ts";

/** The height of a row, of a box's too, where the first lane lies, and how far apart lanes are, in pixels. */
const ROW = 42;
const BOX_ROW = 64;
const ROAD = 20;
const LANE = 24;
/** Where connections run within the road, so that each is seen beside the others. */
const SHIFTS = [-2.5, 2.5, 0, -5, 5];
const SVG = "http://www.w3.org/2000/svg";

/** The map. */
export interface MapView {
  readonly dom: HTMLElement;
  readonly boxes: BoxesReader;
  update(): void;
}

/**
 * Draws the map of `scenario` and keeps it up to date. `flip` hears of a switch that was pressed.
 * Of many hosts, those that nobody has dialled yet are left out until they are asked for.
 */
export function mapView(
  scenario: Scenario,
  facts: readonly Fact[],
  connections: ConnectionReader,
  flip: (id: string, on: boolean) => void,
): MapView {
  const boxes = boxesReader(scenario);
  const names = scenario.hosts.flatMap(({ names: [name] }) => name ?? []);
  const many = new Set(names.filter((name) => isOneOfMany(scenario, name)));
  const place = el("div");
  const more = el("button", { type: "button", class: "lab-more", onclick: unfold });
  const dom = el("div", {}, place, more);
  let all = false;
  let read = 0;
  let drawn: Drawing | undefined;

  function unfold(): void {
    all = !all;
    draw();
  }

  function draw(): void {
    drawn = drawing(scenario, placesOf(scenario, all ? undefined : many), boxes, connections, flip);
    place.replaceChildren(drawn.dom);
    more.hidden = many.size === 0;
    more.setAttribute("aria-expanded", String(all));
    setText(more, all ? "Show fewer hosts" : `Show ${many.size} more hosts`);
    drawn.update();
  }

  return {
    dom,
    boxes,
    update() {
      boxes.read(facts);
      const before = many.size;
      for (const { host, from, to } of connections.list.slice(read)) {
        many.delete(host);
        for (const {
          names: [name = ""],
          addresses,
        } of scenario.hosts) {
          if ([from.address, to.address].some((one) => addresses.includes(one))) many.delete(name);
        }
      }
      read = connections.list.length;
      if (drawn && many.size === before) drawn.update();
      else draw();
    },
  };
}

/** The rows that are shown. */
interface Drawing {
  readonly dom: HTMLElement;
  update(): void;
}

function drawing(
  scenario: Scenario,
  places: readonly Place[],
  boxes: BoxesReader,
  connections: ConnectionReader,
  flip: (id: string, on: boolean) => void,
): Drawing {
  const { tops, height } = layout(places);
  const roads = svg("g", { class: "lab-roads" });
  const wires = svg("g", { class: "lab-wires" });
  const size = { width: "100%", height: String(height), "aria-hidden": "true" };
  const picture = svg("svg", size);
  picture.append(roads, wires);
  // What went wrong stands above everything else.
  const crosses = svg("svg", { ...size, class: "lab-crosses" });
  const switches = new Map<string, SwitchButton>();
  const news = new Map<string, HTMLElement>();
  const home = el("span", { class: "lab-about" });
  const rows = places.map((place, i) => {
    const did = el("span", { class: "lab-did", role: "status" });
    news.set(place.name, did);
    const toggle =
      place.kind === "box" ? switchButton(place.title, (on) => flip(place.name, on)) : undefined;
    if (toggle) switches.set(place.name, toggle);
    return el(
      "li",
      {
        class: `lab-place ${place.kind}`,
        style: `top:${tops[i]}px;height:${rowHeight(place)}px;padding-left:${laneX(place.lane) + 22}px`,
      },
      el("i", { class: "lab-node", style: `left:${laneX(place.lane)}px`, "aria-hidden": "true" }),
      el(
        "div",
        { class: "lab-words" },
        el("b", {}, place.title),
        // What there is no room for is read with the pointer, and heard whole.
        i === 0 ? home : el("span", { class: "lab-about", title: place.about }, place.about),
        did,
      ),
      toggle?.dom,
    );
  });
  for (const place of places) {
    if (place.kind !== "host" && place.lane === 0) continue;
    roads.append(svg("path", { d: pathTo(places, places.indexOf(place), 0) }));
  }
  const list = el("ul", { class: "lab-map", style: `height:${height}px` }, ...rows);
  list.prepend(picture);
  list.append(crosses);
  let key = "";

  /** One line for each connection that stands or is being dialled, and for the newest that failed. */
  const drawWires = (): void => {
    const newest = connections.list.at(-1);
    const alive = connections.list.filter(
      (one) => one.state === "open" || one.state === "dialling" || one === newest,
    );
    const shown = alive.filter((one) => one.state !== "closed" && one.state !== "reset");
    const now = shown.map((one) => `${one.conn} ${one.state} ${one.role} ${one.stopped?.box}`);
    if (now.join() === key) return;
    key = now.join();
    const drawn = shown.map((one, nth) =>
      drawWire(scenario, places, one, SHIFTS[nth % SHIFTS.length] ?? 0),
    );
    wires.replaceChildren(...drawn.flatMap(({ lines }) => lines));
    crosses.replaceChildren(...drawn.flatMap(({ cross }) => cross ?? []));
  };

  return {
    dom: list,
    update() {
      setText(home, ownAddresses(scenario, (id) => boxes.of(id).on).join(", "));
      for (const [id, toggle] of switches) toggle.set(boxes.of(id).on);
      for (const place of places) {
        if (place.kind !== "box") continue;
        const { did = "", on, stopped } = boxes.of(place.name);
        const line = news.get(place.name);
        const row = rows[places.indexOf(place)];
        row?.classList.toggle("off", !on);
        row?.classList.toggle("stopped", stopped);
        if (line) {
          setText(line, did);
          line.title = did;
        }
        row?.classList.toggle("has-news", did !== "");
      }
      drawWires();
    },
  };
}

/** The line of one connection, which ends where it was stopped; and the cross there. */
function drawWire(
  scenario: Scenario,
  places: readonly Place[],
  connection: Connection,
  shift: number,
): { readonly lines: readonly SVGElement[]; readonly cross?: SVGElement } {
  const { from, to, host, state, role, stopped, back, away } = connection;
  const dialler = placeOf(scenario, places, { host, ...from });
  const called = placeOf(scenario, places, to);
  if (dialler < 0) return { lines: [] };
  const failed = state === "refused" || state === "unreachable";
  const box = places.findIndex(({ kind, name }) => kind === "box" && name === stopped?.box);
  const stop = box >= 0 && (failed || state === "dialling") ? box : -1;
  // Both ends are joined by way of the learner's end of the road, where one of them mostly is.
  const paths =
    stop >= 0
      ? [back ? pathTo(places, dialler, shift, stop) : pathTo(places, stop, shift)]
      : (away || called < 0 ? [dialler, called] : [back ? dialler : called])
          .filter((row) => row > 0)
          .map((row) => pathTo(places, row, shift));
  const look = `lab-wire ${role} ${state}${failed ? " failed" : ""}`;
  const lines = paths.map((d) => svg("path", { class: look, d }));
  const row = stop >= 0 ? stop : failed ? called : -1;
  const place = places[row];
  if (!place) return { lines };
  // On the box that stopped it, or before the door at which nobody answered.
  const x = laneX(place.lane) + (place.kind === "box" ? shift : -13);
  const d = `M${x - 5},${middle(places, row) - 5}l10,10m0,-10l-10,10`;
  return { lines, cross: svg("path", { class: "lab-cross", d }) };
}

/** From the learner (or from the box `start`) down the road, through the boxes on the way, to the row `to`. */
function pathTo(places: readonly Place[], to: number, shift: number, start = 0): string {
  const place = places[to];
  if (!place) return "";
  let lane = places[start]?.lane ?? 0;
  let path = `M${laneX(lane) + shift},${middle(places, start)}`;
  for (const row of [...place.through, to]) {
    if (row <= start) continue;
    const next = places[row]?.lane ?? lane;
    const end = row === to && place.kind !== "box";
    const x = laneX(next) + (end ? 0 : shift);
    const y = middle(places, row) + (end ? shift : 0);
    if (next === lane) path += `V${y}`;
    else path += `V${y - 12}q0,12 12,12H${x}`;
    lane = next;
  }
  return path;
}

function laneX(lane: number): number {
  return ROAD + lane * LANE;
}

function rowHeight({ kind }: Place): number {
  return kind === "box" ? BOX_ROW : ROW;
}

/** Where each row begins, and how tall they are together. */
function layout(places: readonly Place[]): { tops: readonly number[]; height: number } {
  const tops: number[] = [];
  let height = 0;
  for (const place of places) {
    tops.push(height);
    height += rowHeight(place);
  }
  return { tops, height };
}

function middle(places: readonly Place[], row: number): number {
  const place = places[row];
  return place ? (layout(places).tops[row] ?? 0) + rowHeight(place) / 2 : 0;
}

function svg(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
