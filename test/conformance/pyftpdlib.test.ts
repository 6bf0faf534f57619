import { hold } from "./hold.ts";

hold("pyftpdlib", "pyftpdlib");
