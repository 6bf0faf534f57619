/** The road between: ports, dialling, and the boxes that stand in the way. */
import { term, type Terms } from "./term.ts";

/** Words about the network. */
export const network: Terms = {
  TCP: term(
    "The protocol that turns packets into a connection: bytes arrive in order, none twice, none missing, or the connection ends. FTP runs on top of it.",
    "9293",
    "connection",
    "port",
  ),
  connection: term(
    "Two ends, each an address and a port, between which bytes run both ways. It has to be dialled, and it has to be closed.",
    "9293",
    "TCP",
    "socket",
  ),
  socket: term(
    "One end of a connection: an address with a port. A program holds it as it would hold a telephone.",
    "9293",
    "port",
  ),
  port: term(
    "A number from 1 to 65535 that says which program on a computer is meant. FTP servers wait on 21. A port for data is made of two bytes: high times 256, plus low.",
    "959 §4.1.2",
    "PASV sum",
    "socket",
  ),
  "PASV sum": term(
    "How the last two numbers of a 227 become a port: the fifth times 256, plus the sixth. 245,123 is 62843.",
    "959 §4.1.2",
    "port",
    "byte",
    "passive mode",
  ),
  "IP address": term(
    "The number of a computer on the network, such as 67.208.93.232. In FTP the dots become commas: 67,208,93,232.",
    "959 §4.1.2",
    "IPv6",
    "private address",
  ),
  IPv6: term(
    "The newer Internet addresses, four times as long. They do not fit into the numbers of PASV and PORT, so EPSV and EPRT were made for them.",
    "2428 §1",
    "extended passive mode",
  ),
  dial: term(
    "To open a connection to an address and a port. The other side has to be listening there.",
    "9293",
    "listen",
  ),
  listen: term(
    "To wait at a port for somebody to dial. After PASV the server listens; after PORT you do.",
    "9293",
    "dial",
    "passive mode",
  ),
  "connection refused": term(
    "The answer of a computer where nobody listens at that port. It comes at once, and it is good news of a kind: the road is open.",
    "9293",
    "listen",
    "firewall",
  ),
  "round trip": term(
    "The time for a packet to go there and its answer to come back. Each command costs one, each new connection another.",
    "",
    "pipelining",
  ),
  packet: term(
    "The parcel in which bytes travel. Where one parcel ends has no meaning to FTP: a line may come in two of them.",
    "9293",
    "TCP",
  ),
  SYN: term(
    "The first packet of a connection: may I speak to this port? The answer is SYN ACK, a reset, or silence.",
    "9293",
    "dial",
    "RST",
  ),
  FIN: term(
    "The packet that closes one direction of a connection in good order: I have sent everything. In stream mode it is the end of the file.",
    "9293",
    "stream mode",
    "RST",
  ),
  RST: term(
    "The packet that ends a connection at once, or says that nobody listens. Bytes on their way may be lost.",
    "9293",
    "connection refused",
    "FIN",
  ),
  "passive mode": term(
    "The way of PASV: the server listens at a port it names, and the client dials it. It is called passive because the server waits. It is what nearly everybody uses, since most people sit behind a NAT.",
    "959 §4.1.2",
    "active mode",
    "extended passive mode",
  ),
  "active mode": term(
    "The way of PORT: the client listens at a port it names, and the server dials back. It was the usual way once, and it fails where a NAT or a firewall stands before the client.",
    "959 §4.1.2",
    "passive mode",
    "NAT",
  ),
  "extended passive mode": term(
    "The way of EPSV: the server's 229 names only a port, and the client dials the address it is already speaking to. It works with IPv6, and no NAT can spoil it.",
    "2428 §3",
    "passive mode",
    "IPv6",
  ),
  "default data port": term(
    "Where data goes when nobody has said PASV or PORT: the server dials the client's own end of the control connection, from port 20. Every server should know it, and hardly anybody remembers it.",
    "959 §3.2",
    "port 20",
    "active mode",
  ),
  "port 20": term(
    "The port that RFC 959 has the server dial from in active mode: one below its control port. Many servers dial from any port now, since a low one needs special rights.",
    "959 §3.2",
    "default data port",
  ),
  "port range": term(
    "The ports from which a server chooses for PASV. Whoever runs a server opens this range in the firewall, and forgets it at their peril.",
    "",
    "passive mode",
    "firewall",
  ),
  NAT: term(
    "Network address translation: a box writes its own address over that of the computers behind it. Dialling out works. Nobody can dial in, unless the box has been told.",
    "3022",
    "ALG",
    "private address",
    "port forwarding",
  ),
  "private address": term(
    "An address that only means something inside one network: 10.…, 172.16.… to 172.31.…, and 192.168.…. A server behind a NAT that names one in its 227 sends everybody nowhere.",
    "1918",
    "NAT",
    "announced address",
  ),
  "announced address": term(
    "The address that a server puts into its 227. Behind a NAT it has to be told the outside one: ProFTPD calls that MasqueradeAddress, vsftpd pasv_address.",
    "",
    "NAT",
    "private address",
  ),
  "port forwarding": term(
    "A rule in a NAT: whoever dials this port of mine is passed on to that computer behind me.",
    "3022",
    "NAT",
  ),
  firewall: term(
    "A box, or a program, that lets some packets through and drops or refuses the others. The usual one lets calls out and none in, which is bad news for active mode.",
    "1579",
    "active mode",
    "port range",
  ),
  ALG: term(
    "Application level gateway: a NAT or firewall that reads the control connection, rewrites the addresses it finds there and opens the ports agreed on. It can help, it can spoil things, and under TLS it is blind.",
    "2663 §2.9",
    "NAT",
    "TLS",
  ),
  stateful: term(
    "Said of a firewall that remembers connections: what belongs to one that was allowed may pass in both directions. It forgets those that are silent for long.",
    "",
    "firewall",
    "keepalive",
  ),
  keepalive: term(
    "Something small sent now and then so that the boxes on the road do not forget a silent connection. During a long transfer the control connection is such a one.",
    "1122 §4.2.3.6",
    "stateful",
    "idle timeout",
  ),
  "path MTU": term(
    "The size of the largest packet that fits through the whole road. Where large ones vanish without a word, a login works and a listing hangs.",
    "2923 §2.1",
    "packet",
  ),
  backlog: term(
    "The short queue of calls that a listening program has not taken yet. When it is full, the next caller hears nothing.",
    "",
    "listen",
  ),
  "well-known port": term(
    "A port below 1024 kept for one service: 21 for FTP's conversation, 20 for its data, 22 for SSH, 990 for implicit TLS.",
    "6335 §6",
    "port",
  ),
  "ephemeral port": term(
    "The port from which a client dials. Its computer picks one that is free, used for this connection only.",
    "6335 §6",
    "port",
  ),
  DNS: term(
    "The service that turns a name, ftp.example.net, into an address.",
    "1034",
    "IP address",
  ),
};
