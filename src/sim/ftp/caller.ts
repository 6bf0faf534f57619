/**
 * A client program that calls whoever plays the server, once for each time that somebody listens:
 * it logs in, does what its set-up says with PASV before each transfer, and says QUIT. It believes what it is
 * told: a 227 with the wrong numbers makes it dial the wrong port.
 */
import { fromBytes, type Octets, toBytes } from "../bytes.ts";
import type { HostNetwork, Socket } from "../net/network.ts";
import { parseHostPort } from "../protocol/host-port.ts";
import type { CallerSetup } from "../scenario.ts";

const TRANSFERS = /^(RETR|LIST|NLST|MLSD|STOR|APPE|STOU)\b/i;
const UPLOADS = /^(STOR|APPE|STOU)\b/i;
/** What it sends when it uploads. */
const LETTER = toBytes("This comes from a client program.\r\n");

/** Starts a client, which dials at once. */
export function startCaller(net: HostNetwork, setup: CallerSetup): void {
  const { host, port } = setup.to;
  const [address] = net.lookup(host);
  if (address === undefined) return;
  const control = net.dial({ address, port }, { onOpen: () => new Caller(net, setup, control) });
}

/** What it waits for: the greeting, a reply to what it said last, or the end of its data connection too. */
class Caller {
  private readonly net: HostNetwork;
  private readonly control: Socket;
  private readonly script: Octets[];
  private said = "";
  private text: Octets = "";
  private code: Octets = "";
  private data: Socket | undefined;
  private dataOver = true;
  private finalReply = false;

  constructor(net: HostNetwork, setup: CallerSetup, control: Socket) {
    this.net = net;
    this.control = control;
    this.script = setup.does.flatMap((line) => (TRANSFERS.test(line) ? ["PASV", line] : [line]));
    this.script.unshift(`USER ${setup.user}`, `PASS ${setup.password}`);
    this.script.push("QUIT");
    const lost = () => {
      this.data?.close();
      control.close();
    };
    control.handlers = {
      onData: (bytes) => this.read(fromBytes(bytes)),
      onEnd: lost,
      onReset: lost,
    };
    control.resume();
  }

  /** Takes the reply apart; only its last line counts (RFC 959 §4.2): its code, then a blank. */
  private read(octets: Octets): void {
    this.text += octets;
    const lines = this.text.split("\n");
    this.text = lines.pop() ?? "";
    for (const raw of lines) {
      const line = raw.replace(/\r$/, "");
      const [, code = "", more] = /^(\d{3})([ -]|$)/.exec(line) ?? [];
      if (this.code === "" && more === "-") this.code = code;
      else if (code !== "" && more !== "-" && (this.code === "" || this.code === code)) {
        this.code = "";
        this.answer(code, line);
      }
    }
  }

  private answer(code: Octets, line: Octets): void {
    // 1yz: more will follow.
    if (code.startsWith("1")) return;
    const failed = code >= "400";
    if (this.said === "PASV" && !failed) this.dialData(line);
    if (this.said.startsWith("USER") && code.startsWith("2")) this.script.shift();
    if (failed || this.said === "QUIT") {
      if (this.said === "QUIT") this.control.close();
      else this.say("QUIT");
      this.data?.close();
      this.data = undefined;
      this.dataOver = true;
      if (failed) this.script.length = 0;
      return;
    }
    if (TRANSFERS.test(this.said)) {
      this.finalReply = true;
      this.proceed();
    } else this.next();
  }

  /** A transfer is over with its last reply and its data connection's end, in either order. */
  private proceed(): void {
    if (!this.finalReply || !this.dataOver) return;
    this.finalReply = false;
    this.next();
  }

  private next(): void {
    const line = this.script.shift();
    if (line !== undefined) this.say(line);
  }

  private say(line: Octets): void {
    this.said = line;
    this.control.write(toBytes(`${line}\r\n`));
    if (UPLOADS.test(line) && this.data !== undefined) {
      this.data.write(LETTER);
      this.data.end();
    }
  }

  private dialData(line: Octets): void {
    const to = parseHostPort(/\d+(,\d+){5}/.exec(line)?.[0] ?? "");
    if (to === undefined) return;
    this.dataOver = false;
    const done = () => {
      this.data?.close();
      this.data = undefined;
      this.dataOver = true;
      this.proceed();
    };
    this.data = this.net.dial(to, { onFailed: done, onEnd: done, onReset: done });
  }
}
