/** The bytes of the telnet protocol that a control connection may carry. RFC 854. */
export const IAC = 255;
export const DONT = 254;
export const DO = 253;
export const WONT = 252;
export const WILL = 251;
/** Interrupt Process. */
export const IP = 244;
/** Data Mark, the end of a Synch. */
export const DM = 242;
