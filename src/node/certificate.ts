/** A certificate made at start, for whoever only wants to try TLS. No key is ever written to a disk. */
import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { KeyPair } from "./api.ts";

const DAY = 86_400_000;

/** Makes an RSA key and a certificate signed with itself for `localhost` and `address`. */
export async function makeCertificate(address: string): Promise<KeyPair> {
  // node makes the key, which is fast; the certificate's form is node-forge's part. It is loaded
  // only here, so that a server without TLS starts without it.
  const [{ publicKey, privateKey }, { default: forge }] = await Promise.all([
    promisify(generateKeyPair)("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    }),
    import("node-forge"),
  ]);
  const { pki, md } = forge;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // Positive and without a leading zero, as RFC 5280 §4.1.2.2 wants it.
  certificate.serialNumber = `4${randomBytes(15).toString("hex").slice(1)}`;
  // An hour back, for clients whose clocks are late.
  certificate.validity.notBefore = new Date(Date.now() - DAY / 24);
  certificate.validity.notAfter = new Date(Date.now() + 365 * DAY);
  const name = [{ name: "commonName", value: "localhost" }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: [
        { type: 2, value: "localhost" },
        { type: 7, ip: address },
      ],
    },
  ]);
  certificate.sign(pki.privateKeyFromPem(privateKey), md.sha256.create());
  return { cert: pki.certificateToPem(certificate), key: privateKey };
}
