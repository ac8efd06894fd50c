/** Behind the gate's piece where that is a script of its own: leaves what the tag opens on the script's element. */
Object.assign(document.currentScript!, { open: SOGLAS_PARTS.gate });
