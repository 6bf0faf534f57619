/**
 * What pyftpdlib 1.5.7 knows of each verb (its proto_cmds): which right it needs, whether it needs
 * the login and an argument, and its line of HELP.
 */

/** One verb. */
export interface Verb {
  /** A letter of the user's rights; such a verb's argument is a path. */
  readonly right?: string;
  /** It is refused before the login. */
  readonly login: boolean;
  /** Whether it wants an argument; left out, it may have one. */
  readonly argument?: boolean;
  readonly syntax: string;
  readonly purpose: string;
  /** Only a server that has TLS knows it. */
  readonly tls?: true;
}

/**
 * Right (or -), login (L or -), argument (1 wanted, 0 refused, - either), syntax, and in
 * parentheses what HELP says of it.
 */
const ROWS = `
-L0 ABOR (abort transfer)
-L1 ALLO <SP> bytes (noop; allocate storage)
aL1 APPE <SP> file-name (append data to file)
eL0 CDUP (go to parent directory)
eL- CWD [<SP> dir-name] (change working directory)
dL1 DELE <SP> file-name (delete file)
-L1 EPRT <SP> |proto|ip|port| (extended active mode)
-L- EPSV [<SP> proto/"ALL"] (extended passive mode)
--0 FEAT (list all new features supported)
--- HELP [<SP> cmd] (show help)
lL- LIST [<SP> path] (list files)
lL1 MDTM [<SP> path] (file last modification time)
TL1 MFMT <SP> timeval <SP> path (file update last modification time)
lL- MLSD [<SP> path] (list directory)
lL- MLST [<SP> path] (show information about path)
-L1 MODE <SP> mode (noop; set data transfer mode)
mL1 MKD <SP> path (create directory)
lL- NLST [<SP> path] (list path in a compact form)
--0 NOOP (just do nothing)
-L1 OPTS <SP> cmd [<SP> option] (set option for command)
--- PASS [<SP> password] (set user password)
-L0 PASV (open passive data connection)
-L1 PORT <sp> h,h,h,h,p,p (open active data connection)
-L0 PWD (get current working directory)
--0 QUIT (quit current session)
-L0 REIN (flush account)
-L1 REST <SP> offset (set file offset)
rL1 RETR <SP> file-name (retrieve a file)
dL1 RMD <SP> dir-name (remove directory)
fL1 RNFR <SP> file-name (rename (source name))
fL1 RNTO <SP> file-name (rename (destination name))
--1 SITE <SP> site-command (execute SITE command)
--- SITE HELP [<SP> cmd] (show SITE command help)
ML1 SITE CHMOD <SP> mode path (change file mode)
lL1 SIZE <SP> file-name (get file size)
l-- STAT [<SP> path name] (server stats [list files])
wL1 STOR <SP> file-name (store a file)
wL- STOU [<SP> name] (store a file with a unique name)
-L1 STRU <SP> type (noop; set file structure)
--0 SYST (get operating system type)
-L1 TYPE <SP> [A | I] (set transfer type)
--1 USER <SP> user-name (set username)
eL0 XCUP (obsolete; go to parent directory)
eL- XCWD [<SP> dir-name] (obsolete; change directory)
mL1 XMKD <SP> dir-name (obsolete; create directory)
-L0 XPWD (obsolete; get current dir)
dL1 XRMD <SP> dir-name (obsolete; remove directory)
--1 AUTH <SP> TLS|SSL (set up secure control channel)
--1 PBSZ <SP> 0 (negotiate TLS buffer)
--1 PROT <SP> [C|P] (set up un/secure data channel)
`;

const OF_TLS = new Set(["AUTH", "PBSZ", "PROT"]);

/** Every verb; a subcommand of SITE goes by both its words. */
export const verbs: ReadonlyMap<string, Verb> = new Map(
  ROWS.trim()
    .split("\n")
    .map((row) => {
      const [, right = "", login, argument, syntax = "", purpose = ""] =
        /^(.)(.)(.) (.*?) \((.*)\)$/.exec(row) ?? [];
      const verb = /^(SITE )?[A-Z]+/.exec(syntax)?.[0] ?? "";
      return [
        verb,
        {
          ...(right !== "-" && { right }),
          login: login === "L",
          ...(argument !== "-" && { argument: argument === "1" }),
          syntax,
          purpose,
          ...(OF_TLS.has(verb) && { tls: true }),
        },
      ];
    }),
);

/** What HELP says of a verb. */
export function helpOf(verb: string, tls: boolean): string | undefined {
  const row = verbs.get(verb);
  if (row === undefined || (row.tls === true && !tls)) return undefined;
  return `Syntax: ${row.syntax} (${row.purpose}).`;
}

/** The verbs of a server with or without TLS, in the order of their letters. */
export function verbNames(tls: boolean): string[] {
  return [...verbs].flatMap(([verb, row]) => (row.tls !== true || tls ? [verb] : [])).toSorted();
}
