/** An FTP server on real sockets, in memory from end to end: for other people's tests and for `serve`. */
import { createSecureContext } from "node:tls";
import { buildTree } from "../sim/fs/tree.ts";
import type { Dialect } from "../sim/ftp/dialect.ts";
import { dialects } from "../sim/ftp/dialects/all.ts";
import { startServer } from "../sim/ftp/server.ts";
import type { FtpSetup } from "../sim/scenario.ts";
import { fullTrace, noTrace } from "../sim/trace/trace.ts";
import { type CreateServerOptions, type FtpServer, type KeyPair, UsageError } from "./api.ts";
import { makeCertificate } from "./certificate.ts";
import { DataCutter, faultyDialect } from "./faults.ts";
import { filesOf } from "./files.ts";
import { guarded } from "./guard.ts";
import { createNodeNetwork } from "./network.ts";
import type { TlsOptions } from "./secure.ts";
import { setupOf } from "./setup.ts";

/**
 * Starts a server.
 * @throws UsageError for what is not to be had, and node's own error if it cannot listen.
 */
export async function createServer(options: CreateServerOptions = {}): Promise<FtpServer> {
  const { port = 0, host = "127.0.0.1", trace: traced = true, faults = [] } = options;
  const { setup, addsTls } = await setupOf(options);
  const found = dialects[setup.dialect];
  if (found === undefined) {
    throw new UsageError(
      `There is no dialect "${setup.dialect}".\nThere are: ${Object.keys(dialects).join(", ")}.`,
    );
  }
  const begun = performance.now();
  const trace = fullTrace(() => performance.now() - begun);
  const kept = traced ? trace : noTrace;
  const cutter = faults.length > 0 ? new DataCutter(kept) : undefined;
  const sink = cutter ?? kept;
  const manners = addsTls ? takesAnySession(found) : found;
  const dialect = cutter === undefined ? manners : faultyDialect(manners, faults, cutter);
  const keys = await keysOf(options.tls, setup, host);
  const tls = keys === undefined ? undefined : tlsOptions(keys);
  const network = createNodeNetwork({ address: host, sink, ...(tls && { tls }) });
  if (cutter !== undefined) cutter.network = network;
  const listener = await network.open(port);
  const tree = buildTree(setup.tree, setup.owner ?? "ftp", setup.group ?? setup.owner ?? "ftp");
  let sessions = 0;
  const server = { close() {} };
  startServer(
    {
      // The server's own port is open already, so that a taken one is told by its proper error.
      net: guarded(network, listener, options.guards),
      sink,
      // What the tree was built from is needed no more, and there may be much of it.
      setup: { ...setup, port: listener.port, tree: [] },
      dialect,
      tree,
      nextSession: () => ++sessions,
    },
    (started) => {
      if (started !== undefined) Object.assign(server, started);
    },
  );
  return {
    host,
    port: listener.port,
    url: `ftp://${host.includes(":") ? `[${host}]` : host}:${listener.port}`,
    files: filesOf(tree),
    trace: traced ? trace.facts : [],
    ...(keys !== undefined && { certificate: keys.cert }),
    async close() {
      server.close();
      await network.close();
    },
  };
}

/**
 * The dialect content with any encrypted data connection. The recorded servers want the control
 * connection's TLS session taken up again, which many clients cannot; TLS that was only asked for
 * beside a scenario shall work for all of them.
 */
function takesAnySession(dialect: Dialect): Dialect {
  return {
    ...dialect,
    acceptsData: (turn, ok, resumed) => dialect.acceptsData(turn, ok, ok || resumed),
  };
}

async function keysOf(
  tls: CreateServerOptions["tls"],
  setup: FtpSetup,
  host: string,
): Promise<KeyPair | undefined> {
  if (typeof tls === "object") return tls;
  return tls === true || setup.tls !== undefined ? makeCertificate(host) : undefined;
}

/** One context for all connections: a session begun on one can be taken up on another. */
function tlsOptions({ cert, key }: KeyPair): () => TlsOptions {
  try {
    const context = createSecureContext({ cert, key });
    return () => ({ context });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `The certificate or its key cannot be used (${why}).\nTake two PEM files that belong together.`,
    );
  }
}
