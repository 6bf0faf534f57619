/** Ports as telnet reads them from its command line: `portOf(service, host)`. */

/** The well-known names of ports, out of /etc/services. They are lower case there. */
const SERVICES: Readonly<Record<string, number>> = {
  "ftp-data": 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  domain: 53,
  gopher: 70,
  http: 80,
  pop3: 110,
  imap2: 143,
  https: 443,
  "ftps-data": 989,
  ftps: 990,
};

/** The port that `service` names, or what telnet says instead of dialling. */
export function portOf(service: string, host: string): number | string {
  if (!/^\s*[+-]?\d/.test(service)) {
    const known = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
    return known ?? lookupFailure(host, service, "Servname not supported for ai_socktype");
  }
  if (!/^\s*[+-]?\d+$/.test(service)) return `Invalid port name '${service}'.`;
  const port = Number(service);
  return port >= 1 && port <= 65_535 ? port : `Port number ${service} is out of range.`;
}

/** Telnet's words when an address cannot be had. The two spaces are its own. */
export function lookupFailure(host: string, service: string, why: string): string {
  return `Server lookup failure:  ${host}:${service}, ${why}`;
}

/** getaddrinfo's words for a name that has no address, or none of the family that was asked for. */
export function whyUnknown(
  net: { lookup(name: string): readonly string[] },
  name: string,
  family: 4 | 6 | undefined,
): string {
  return family !== undefined && net.lookup(name).length > 0
    ? "No address associated with hostname"
    : "Name or service not known";
}
