import type { Words } from "../words.ts";

export const el: Words = {
  policy: "Πολιτική απορρήτου",
  consent: "Συγκατάθεση για την επεξεργασία δεδομένων προσωπικού χαρακτήρα",
  contents: "Περιεχόμενα",
  languages: "Σε άλλες γλώσσες",
  inForce: "Σε ισχύ από {date}",
  announced: "Προαναγγελία: το κείμενο αρχίζει να ισχύει στις {date}",
  superseded: "Δεν ισχύει πλέον. Το κείμενο αυτό ίσχυε από {date}",
  readCurrent: "Διαβάστε το κείμενο που ισχύει",
  controller: "Υπεύθυνος επεξεργασίας",
  version: "Έκδοση του ιστοτόπου",
  documentHash: "Κατακερματισμός του εγγράφου (hash)",
};
