/** Backlogs of one service of one site are looked at alone, however long others' are. */
export function outboxByPlace(): string[] {
  return [
    `drop index outbox_by_due`,
    `drop index outbox_by_subject`,
    // Where something is queued, what is due there, and the dead letters of a site.
    `create index outbox_by_place on outbox (state, site, service, due_at)`,
    // Whether a visitor's earlier event waits; an erasure purges by it too.
    `create index outbox_by_visitor on outbox (subject, site, service, id)`,
  ];
}
