/**
 * `openssl s_client`, in the words of OpenSSL 3.0: telnet for TLS, and with `-starttls ftp` for a
 * server that wants to be asked by AUTH TLS first (RFC 4217). TLS itself is simulated: certificate
 * and keys are not there, so the long report of the real one is left out.
 */
import { concat, fromBytes, toBytes, utf8Encode } from "../bytes.ts";
import type { Socket, TlsOutcome } from "../net/network.ts";
import { dialError } from "./dial-words.ts";
import { createEditor } from "./editor.ts";
import { fileName, relay, warn, writer } from "./files.ts";
import { finished } from "./flags.ts";
import { readClient, type ClientOptions } from "./openssl-options.ts";
import type { Program, ProgramContext, Start, Typed } from "./program.ts";

/** What a ClientHello of TLS 1.2 begins with: a handshake record. It goes to whoever did not agree to TLS. */
const HELLO = Uint8Array.of(22, 3, 1, 0, 5, 1, 0, 0, 1, 10);

/** Which connection a session file was written from: its contents stand for the secret. */
const kept = new WeakMap<Uint8Array, Socket>();

/** Starts openssl. */
export const openssl: Start = (words, context) => {
  const options = readClient(words);
  if (!("says" in options)) return client(options, context);
  for (const line of options.says) warn(context, line);
  context.exit(1);
  return finished("openssl");
};

function client(options: ClientOptions, context: ProgramContext): Program {
  const { net, window, screen, input, computer } = context;
  let socket: Socket | undefined;
  let stage: "dialling" | "greeting" | "asked" | "shaking" | "talking" = "dialling";
  let over = false;
  /** What the server said before TLS; only its last line is shown, and only afterwards. */
  let before = "";

  const say = (text: string): void => {
    editor.hide();
    warn(context, text);
    editor.show();
  };
  const editor = createEditor(context.terminal ?? screen, {
    line(text) {
      if (input === undefined && stage === "talking") send(text);
    },
    interrupt() {
      (context.terminal ?? screen).echo("\r\n");
      leave(130);
    },
    endOfFile: endInput,
  });

  function send(text: string): void {
    // Unless -quiet is given, these two letters at the beginning of a line are orders to s_client.
    if (!options.quiet && text.startsWith("Q")) done();
    else if (!options.quiet && text.startsWith("R")) {
      say("RENEGOTIATING");
      verify();
    } else {
      context.record({ kind: "line", window, conn: socket!.conn, line: text });
      socket!.write(toBytes(`${utf8Encode(text)}${options.crlf ? "\r\n" : "\n"}`));
    }
  }

  function endInput(): void {
    // -quiet implies -ign_eof: the end of what is typed is not the end of the connection.
    if (!options.quiet) done();
  }

  function done(): void {
    say("DONE");
    leave(0);
  }

  function leave(status: number): void {
    if (over) return;
    hangUp();
    context.exit(status);
  }

  function hangUp(): void {
    over = true;
    socket?.close();
  }

  function verify(): void {
    say(`depth=0 CN = ${options.host}`);
    say("verify error:num=18:self-signed certificate");
    if (options.brief) return;
    // The certificate is looked at once for each fault, and once more when all was let pass.
    say("verify return:1");
    say(`depth=0 CN = ${options.host}`);
    say("verify return:1");
  }

  function shaken(outcome: TlsOutcome): void {
    if (over) return;
    if (!outcome.ok) {
      // A reset is told below.
      if (outcome.why.endsWith("broken off")) return;
      say(
        outcome.why.endsWith("closed")
          ? "error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading"
          : "error:0A00010B:SSL routines:ssl3_get_record:wrong version number",
      );
      leave(1);
      return;
    }
    stage = "talking";
    // A session that is taken up again has shown its certificate before (RFC 5246 §7.3).
    if (!outcome.resumed) verify();
    if (options.brief) {
      say("CONNECTION ESTABLISHED");
      say(`Protocol version: ${outcome.version}`);
      say("Ciphersuite: ECDHE-RSA-AES256-GCM-SHA384");
      say(`Peer certificate: CN = ${options.host}`);
      say("Verification error: self-signed certificate");
    } else if (!options.quiet) {
      say("---");
      say(
        `${outcome.resumed ? "Reused" : "New"}, ${outcome.version}, Cipher is ECDHE-RSA-AES256-GCM-SHA384`,
      );
      say("(The real one tells of the certificate here. -brief and -quiet are shorter.)");
      say("---");
    }
    if (before !== "") say(before);
    keep();
    if (input !== undefined) {
      socket!.write(input);
      endInput();
    }
  }

  /** -sess_out: the session that another connection may take up again. */
  function keep(): void {
    const name = options.sessionOut;
    if (name === undefined || computer === undefined) return;
    const random = Uint8Array.from({ length: 24 }, () => 33 + net.random(90));
    writer(
      computer,
      fileName(name),
    )(
      concat([
        toBytes("-----BEGIN SSL SESSION PARAMETERS-----\n"),
        random,
        toBytes("\n-----END SSL SESSION PARAMETERS-----\n"),
      ]),
    );
    kept.set(computer.files.get(fileName(name))!, socket!);
  }

  function shake(): void {
    stage = "shaking";
    const old = options.sessionIn && computer?.files.get(fileName(options.sessionIn));
    socket!.connectTls?.(old instanceof Uint8Array ? kept.get(old) : undefined, shaken);
  }

  /** The server's words before TLS: its greeting, to the last line of it, then the answer to AUTH. */
  function heard(text: string): void {
    before += text;
    const lines = before.split("\r\n").filter((line) => line !== "");
    if (stage === "greeting" && before.endsWith("\r\n") && /^\d{3} /.test(lines.at(-1) ?? "")) {
      before = lines.at(-1)!;
      stage = "asked";
      socket!.write(toBytes("AUTH TLS\r\n"));
    } else if (stage === "asked") {
      const answer = text;
      before = before.slice(0, before.length - text.length);
      shake();
      // s_client does not look at the answer: a server that said no is greeted in TLS all the same.
      if (!answer.startsWith("2")) socket!.write(concat([HELLO]));
    }
  }

  function dial(): void {
    const { host, port, family } = options;
    const address = net.lookup(host, family)[0];
    if (address === undefined) {
      say("error:10080002:BIO routines:BIO_lookup_ex:system lib:Name or service not known");
      say("connect:errno=22");
      leave(1);
      return;
    }
    if (
      options.sessionIn !== undefined &&
      computer?.files.has(fileName(options.sessionIn)) !== true
    ) {
      say(`Can't open session file ${options.sessionIn}`);
      leave(1);
      return;
    }
    const dialled = net.dial(
      { address, port },
      {
        onOpen() {
          if (options.startTls) stage = "greeting";
          else shake();
          dialled.resume();
        },
        onFailed(why) {
          const [words, errno] = dialError(net, address, why);
          say(`error:8000006F:system library:BIO_connect:${words}:calling connect()`);
          say(`connect:errno=${errno}`);
          leave(1);
        },
        onData(bytes) {
          if (stage !== "talking") {
            heard(fromBytes(bytes));
            return;
          }
          editor.hide();
          relay(context, bytes, dialled.conn);
          editor.show();
        },
        onEnd() {
          if (!options.quiet) say("closed");
          leave(0);
        },
        onReset() {
          say("read:errno=104");
          leave(1);
        },
      },
    );
    socket = dialled;
    context.record({ kind: "attach", window, conn: dialled.conn });
    if (!options.quiet && !options.brief) say("CONNECTED(00000003)");
  }

  dial();
  return {
    name: "openssl",
    typed(typed) {
      for (let rest: Typed | undefined = typed; rest !== undefined;) {
        rest = over ? undefined : editor.typed(rest);
      }
    },
    hangUp,
  };
}
