/** The bytes of the telnet protocol that a control connection may carry. RFC 854. */
export const IAC = 255;
export const DONT = 254;
export const DO = 253;
export const WONT = 252;
export const WILL = 251;
/** Subnegotiation begins … */
export const SB = 250;
/** … and ends. */
export const SE = 240;
/** Break. */
export const BRK = 243;
/** Interrupt Process. */
export const IP = 244;
/** Abort Output. */
export const AO = 245;
/** Data Mark, the end of a Synch. */
export const DM = 242;
/** Suspend Process (RFC 1184). */
export const SUSP = 237;

/** The options of telnet that are spoken of here, by their numbers. */
export const OPTION = {
  BINARY: 0,
  ECHO: 1,
  SGA: 3,
  STATUS: 5,
  TIMING_MARK: 6,
  LOGOUT: 18,
  TERMINAL_TYPE: 24,
  NAWS: 31,
  TERMINAL_SPEED: 32,
  FLOW_CONTROL: 33,
  NEW_ENVIRON: 39,
} as const;
