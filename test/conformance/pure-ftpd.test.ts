import { hold } from "./hold.ts";

hold("pure-ftpd", "pureftpd");
