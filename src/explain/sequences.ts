/** Which replies each command may get, as the RFCs have it: RFC 959 §5.4, and the later ones. */

/** The codes that a verb may be answered with, in the RFC's order; none for an unknown verb. */
export function repliesTo(verb: string): readonly number[] {
  return (REPLIES[verb] ?? "").split(" ").filter(Boolean).map(Number);
}

/** The verbs that may be answered with a code. */
export function verbsOf(code: number): readonly string[] {
  return Object.keys(REPLIES).filter((verb) => repliesTo(verb).includes(code));
}

const STORE = "125 150 110 226 250 425 426 451 551 552 532 450 452 553 500 501 421 530";
const LISTS = "125 150 226 250 425 426 451 450 500 501 502 421 530";
const FOLDER = "250 500 501 502 421 530 550";
const SETTING = "200 500 501 504 421 530";
/** RFC 2228 §5.5: what the security commands share. */
const SEALED = "533 535 537 500 501 421";

const REPLIES: Readonly<Record<string, string>> = {
  USER: "230 530 500 501 421 331 332",
  PASS: "230 202 530 500 501 503 421 332",
  ACCT: "230 202 530 500 501 503 421",
  CWD: FOLDER,
  CDUP: "200 500 501 502 421 530 550",
  SMNT: "202 250 500 501 502 421 530 550",
  REIN: "120 220 421 500 502",
  QUIT: "221 500",
  PORT: "200 500 501 421 530",
  PASV: "227 500 501 502 421 530",
  MODE: SETTING,
  TYPE: SETTING,
  STRU: SETTING,
  ALLO: "200 202 500 501 504 421 530",
  REST: "500 501 502 421 530 350",
  STOR: STORE,
  STOU: STORE,
  RETR: "125 150 110 226 250 425 426 451 450 550 500 501 421 530",
  LIST: LISTS,
  NLST: LISTS,
  APPE: "125 150 110 226 250 425 426 451 551 552 532 450 550 452 553 500 501 502 421 530",
  RNFR: "450 550 500 501 502 421 530 350",
  RNTO: "250 532 553 500 501 502 503 421 530",
  DELE: "250 450 550 500 501 502 421 530",
  RMD: FOLDER,
  MKD: "257 500 501 502 421 530 550",
  PWD: "257 500 501 502 421 550",
  ABOR: "225 226 500 501 502 421",
  SITE: "200 202 500 501 530",
  SYST: "215 500 501 502 421",
  STAT: "211 212 213 450 500 501 502 421 530",
  HELP: "211 214 500 501 502 421",
  NOOP: "200 500 421",
  FEAT: "211 500 502",
  OPTS: "200 451 501",
  EPRT: "200 522 500 501",
  EPSV: "229 522 500 501",
  SIZE: "213 500 501 550",
  MDTM: "213 500 501 550",
  MLST: "250 500 501 530 550",
  MLSD: "150 226 250 425 426 451 500 501 530 550",
  AUTH: "234 334 502 504 534 431 500 501 421",
  ADAT: "235 335 503 501 535 500 421",
  PBSZ: "200 503 500 501 421 530",
  PROT: "200 504 536 503 534 431 500 501 421 530",
  CCC: "200 500 533 534",
  MIC: SEALED,
  CONF: SEALED,
  ENC: SEALED,
  HOST: "220 421 500 501 502 503 504 530",
  LANG: "200 500 501 504",
};
