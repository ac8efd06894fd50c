import { sqlite } from "../installation.ts";
import { witnessContract } from "./contract.ts";

witnessContract(() => sqlite());
