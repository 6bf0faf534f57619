/**
 * Where our `proftpd` may differ from the real one, and why: scenario → what ours lacks → the
 * numbers of the commands that come out otherwise for want of it. An entry under a verb falls away
 * by itself once we have the verb; one that explains nothing fails the test.
 */
export const EXPLAINED: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  "abor-pasv": { ABOR: [7] },
  "appe-basic": { APPE: [12] },
  "dir-mkd": { MKD: [9, 10] },
  "dir-quotes": { MKD: [4, 5, 6] },
  "dir-rmd-more": { MKD: [8, 10] },
  "dir-x-commands": { XMKD: [5, 6] },
  "eprt-basic": { EPRT: [4] },
  "epsv-all": { EPSV: [4] },
  "epsv-basic": { EPSV: [9] },
  "pasv-retr-first": { EPSV: [5] },
  "pasv-then-port": { PORT: [5, 6] },
  "port-list": { PORT: [4, 7] },
  "rest-retr": { REST: [6, 14, 17] },
  "rest-stor": { STOR: [9, 15] },
  "session-browser": { EPSV: [6, 11] },
  "session-command-line": { PORT: [5, 8] },
  "stor-ascii": { STOR: [9, 15] },
  "stor-basic": { STOR: [8] },
  "syntax-iac": { MKD: [7, 8] },
  "transfer-commands-meanwhile": { STAT: [8] },
  "two-sessions": { STOR: [12] },
  "utf8-names": { MKD: [6, 7] },
};
