// @ts-check
/** The limit of Node itself: fixed answers and ready-made buffers on node:net, nothing else. */
import { createServer } from "node:net";

const PIECE = Buffer.alloc(262_144);
const SMALL = PIECE.subarray(0, 1024);
const LINE = "-rw-rw-r--   1 ftptest  ftptest     12345 Jun 13  2020 file-000000.txt\r\n";
const LISTING = Buffer.from(LINE.repeat(1000));

/** @param {import("node:net").Socket} data @param {number} pieces @param {Buffer} piece @param {() => void} done */
function pump(data, pieces, piece, done) {
  let left = pieces;
  const next = () => {
    if (left-- === 0) {
      data.end();
      done();
    } else if (data.write(piece)) setImmediate(next);
    else data.once("drain", () => setImmediate(next));
  };
  next();
}

/** @param {string} line @param {import("node:net").Socket} data @param {import("node:net").Socket} control */
function transfer(line, data, control) {
  const done = () => control.write("226 Transfer complete\r\n");
  if (line.startsWith("STOR")) {
    data.on("data", () => {});
    data.on("end", () => {
      data.end();
      done();
    });
  } else if (line.startsWith("LIST")) pump(data, 100, LISTING, done);
  else if (line.includes("big")) pump(data, 4096, PIECE, done);
  else pump(data, 1, SMALL, done);
}

const server = createServer({ noDelay: true }, (socket) => {
  /** @type {Promise<import("node:net").Socket> | undefined} */
  let data;
  let rest = "";
  socket.on("error", () => {});
  socket.write("220 raw\r\n");
  socket.on("data", (bytes) => {
    const lines = (rest + bytes.toString("latin1")).split("\r\n");
    rest = lines.pop() ?? "";
    let answer = "";
    for (const line of lines) {
      switch (line.slice(0, 4)) {
        case "PASV": {
          const listener = createServer({ noDelay: true });
          data = new Promise((resolve) => {
            listener.once("connection", (end) => {
              end.on("error", () => {});
              listener.close();
              resolve(end);
            });
          });
          listener.listen(0, "127.0.0.1", () => {
            const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
            socket.write(`227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255}).\r\n`);
          });
          break;
        }
        case "RETR":
        case "LIST":
        case "STOR": {
          answer += "150 here it comes\r\n";
          data?.then(
            (end) => transfer(line, end, socket),
            () => {},
          );
          break;
        }
        case "QUIT":
          socket.end(`${answer}221 Goodbye\r\n`);
          return;
        default:
          answer += line.startsWith("USER")
            ? "331 Password\r\n"
            : line.startsWith("PASS")
              ? "230 In\r\n"
              : "200 OK\r\n";
      }
    }
    if (answer !== "") socket.write(answer, "latin1");
  });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`listening on 127.0.0.1:${port}`);
});
process.on("SIGTERM", () => process.exit(0));
