import { hold } from "./hold.ts";

hold("proftpd", "proftpd");
