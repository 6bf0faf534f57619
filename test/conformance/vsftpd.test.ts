import { hold } from "./hold.ts";

hold("vsftpd", "vsftpd");
