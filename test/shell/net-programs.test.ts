/** ping, ss and ip, with the words of iputils and iproute2. */
import { describe, expect, it } from "vitest";
import { loggedIn, play } from "../play.ts";

describe("ping", () => {
  it("counts, and closes with its statistics", () => {
    const session = play();
    session.type(1, "ping -c 2 ftptest.exavault.com");
    expect(session.shown(1)).toBe(
      "$ ping -c 2 ftptest.exavault.com\n" +
        "PING ftptest.exavault.com (67.208.93.232) 56(84) bytes of data.\n" +
        "64 bytes from 67.208.93.232: icmp_seq=1 ttl=57 time=36.0 ms\n" +
        "64 bytes from 67.208.93.232: icmp_seq=2 ttl=57 time=36.0 ms\n" +
        "\n--- ftptest.exavault.com ping statistics ---\n" +
        "2 packets transmitted, 2 received, 0% packet loss, time 1000ms\n" +
        "rtt min/avg/max/mdev = 36.000/36.000/36.000/0.000 ms\n$ ",
    );
    expect(session.facts("exit")).toMatchObject([{ program: "ping", status: 0 }]);
  });

  it("hears nothing from an address that nobody has", () => {
    const session = play();
    session.type(1, "ping -c 1 192.0.2.77");
    expect(session.shown(1)).toContain(
      "\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n\n$ ",
    );
    expect(session.facts("exit")).toMatchObject([{ status: 1 }]);
  });

  it("is told by its own kernel that no neighbour has the address", () => {
    const session = play();
    session.type(1, "ping -c 2 198.51.100.77");
    expect(session.shown(1)).toContain(
      "From 198.51.100.7 icmp_seq=1 Destination Host Unreachable\n" +
        "From 198.51.100.7 icmp_seq=2 Destination Host Unreachable\n" +
        "\n--- 198.51.100.77 ping statistics ---\n" +
        "2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1000ms\npipe 2\n$ ",
    );
  });

  it("is told by a firewall that it may not pass", () => {
    const session = play("firewall-server-unreachable");
    session.type(1, "ping -c 1 files.example.net");
    expect(session.shown(1)).toContain("\nFrom 203.0.113.21 icmp_seq=1 Packet filtered\n");
  });

  it("passes no router on its way to itself", () => {
    const session = play();
    session.type(1, "ping -c 1 localhost");
    expect(session.shown(1)).toContain(
      "PING localhost (127.0.0.1) 56(84) bytes of data.\n" +
        "64 bytes from localhost (127.0.0.1): icmp_seq=1 ttl=64 time=0.031 ms\n",
    );
  });

  it("is at once with itself under every address, and asks no name of an address that was given", () => {
    const session = play();
    session.type(1, "ping -c 1 198.51.100.7");
    expect(session.shown(1)).toContain("64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=0.031");
    session.type(1, "ping -c 1 127.1");
    expect(session.shown(1)).toContain(
      "PING 127.1 (127.0.0.1) 56(84) bytes of data.\n64 bytes from 127.0.0.1: icmp_seq=1 ",
    );
    session.type(1, "ping 198.51.100.255");
    expect(session.shown(1)).toContain("\nping: Do you want to ping broadcast? Then -b.");
  });

  it("finds with -s how large a packet the way carries, and stops at a deadline", () => {
    const session = play("black-hole");
    session.type(1, "ping -c 1 -s 1312 files.example.net");
    expect(session.shown(1)).toContain(
      "(203.0.113.21) 1312(1340) bytes of data.\n1320 bytes from 203.0.113.21: icmp_seq=1 ",
    );
    session.type(1, "ping -s 1313 -w 3 files.example.net");
    expect(session.shown(1)).toContain("0 received, 100% packet loss");
    const [, left] = session.facts("exit").map(({ at }) => at);
    expect(left).toBe((session.facts("run")[1]?.at ?? 0) + 3000);
    session.type(1, "ping -c 1 -M do -s 1473 files.example.net");
    expect(session.shown(1)).toContain("\nping: local error: message too long, mtu=1500\n");
  });

  it("takes noughts for its own computer, and says what a name lacks", () => {
    const session = play("sandbox");
    session.type(1, "ping -c 1 0.0.0.0");
    expect(session.shown(1)).toContain("PING 0.0.0.0 (127.0.0.1) 56(84)");
    session.type(1, "ping -6 -c 1 files.example.net");
    session.type(1, "nc -6 files.example.net 21");
    expect(session.shown(1)).toContain(
      "ping: files.example.net: No address associated with hostname\n" +
        "$ nc -6 files.example.net 21\n" +
        'nc: getaddrinfo for host "files.example.net" port 21: No address associated with hostname\n',
    );
  });

  it("goes on until ^C", () => {
    const session = play();
    session.keys(1, "ping -q ftptest.exavault.com\r");
    session.world.advance(3500);
    session.keys(1, "\x03");
    expect(session.shown(1)).toContain(
      "^C\n--- ftptest.exavault.com ping statistics ---\n4 packets transmitted, 4 received, 0%",
    );
    session.world.settle();
    expect(session.facts("ping").length).toBe(4);
  });

  it("has no way to an address of another family", () => {
    const session = play();
    session.type(1, "ping 2001:db8::21");
    expect(session.shown(1)).toBe("$ ping 2001:db8::21\nping: connect: Network is unreachable\n$ ");
  });
});

describe("ss", () => {
  it("lists what stands, what listens and what is over", () => {
    const session = loggedIn();
    session.type(2, "nc -p 40000 ftptest.exavault.com 21");
    session.keys(2, "\x03");
    session.world.advance(session.world.now + 500);
    session.type(1, "PASV");
    session.shown(2);
    const { from } = session.facts("dial")[0]!;
    session.type(2, "ss -tn");
    expect(session.shown(2)).toBe(
      "ss -tn\nState Recv-Q Send-Q Local Address:Port   Peer Address:Port Process\n" +
        `ESTAB 0      0       198.51.100.7:${from.port} 67.208.93.232:21\n$ `,
    );
    session.type(2, "ss -tan");
    expect(session.shown(2)).toContain(
      "TIME-WAIT 0      0       198.51.100.7:40000 67.208.93.232:21\n",
    );
    session.type(2, "ss -t");
    expect(session.shown(2)).toContain("67.208.93.232:ftp\n");
  });

  it("shows a port that nc listens on", () => {
    const session = play();
    session.type(1, "nc -l 50000");
    session.type(2, "ss -tln");
    expect(session.shown(2)).toMatch(/\nLISTEN 0 +\d+ +[\d.]+:50000 +0\.0\.0\.0:\*\n\$ $/);
  });
});

describe("ip", () => {
  it("tells this computer's own addresses", () => {
    const session = play();
    session.type(1, "ip -4 a");
    expect(session.shown(1)).toBe(
      "$ ip -4 a\n" +
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n" +
        "    inet 127.0.0.1/8 scope host lo\n" +
        "       valid_lft forever preferred_lft forever\n" +
        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000\n" +
        "    inet 198.51.100.7/24 brd 198.51.100.255 scope global eth0\n" +
        "       valid_lft forever preferred_lft forever\n$ ",
    );
    session.type(1, "ip -br addr show");
    expect(session.shown(1)).toContain("eth0             UP             198.51.100.7/24 \n");
    session.type(1, "ip -4 addr show dev lo");
    expect(session.shown(1)).not.toContain("eth0");
    session.type(1, "ip addr show eth1");
    expect(session.shown(1)).toContain('\nDevice "eth1" does not exist.\n');
    session.type(1, "ip frog");
    expect(session.shown(1)).toContain("Usage: ip [ OPTIONS ] OBJECT");
  });

  it("tells of IPv6 in fewer words, and of the address for the cable alone", () => {
    const session = play("sandbox");
    session.type(1, "ip -6 addr");
    expect(session.shown(1)).toBe(
      "$ ip -6 addr\n" +
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN qlen 1000\n" +
        "    inet6 ::1/128 scope host\n" +
        "       valid_lft forever preferred_lft forever\n" +
        "2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP qlen 1000\n" +
        "    inet6 2001:db8:7::7/64 scope global\n" +
        "       valid_lft forever preferred_lft forever\n" +
        "    inet6 fe80::c6ff:fe33:6407/64 scope link\n" +
        "       valid_lft forever preferred_lft forever\n$ ",
    );
  });
});

it("getent asks the name of an address, and none but localhost has one", () => {
  const session = play();
  session.type(1, "getent hosts 127.0.0.1 67.208.93.232");
  expect(session.shown(1)).toBe(
    "$ getent hosts 127.0.0.1 67.208.93.232\n127.0.0.1       localhost\n$ ",
  );
  expect(session.facts("exit")).toMatchObject([{ program: "getent", status: 2 }]);
});
