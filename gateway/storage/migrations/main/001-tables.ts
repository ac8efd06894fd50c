import type { ColumnTypes } from "../types.ts";

export function tables(types: ColumnTypes): string[] {
  return [...sites(types), ...log(types), ...events(types), ...staff(types)];
}

function sites({ integer, text, bytes, identity, byKey, byRow }: ColumnTypes): string[] {
  return [
    `create table sites (
      id ${text} primary key,
      log_name ${text} not null unique,
      created_at ${integer} not null
    ) ${byRow}`,
    `create table blobs (hash ${text} primary key, bytes ${bytes} not null) ${byRow}`,
    `create table site_versions (
      site ${text} not null,
      hash ${text} not null,
      configuration ${text} not null,
      configuration_hash ${text} not null,
      policy_hash ${text} not null,
      consent_hash ${text} not null,
      texts_hash ${text} not null,
      created_at ${integer} not null,
      primary key (site, hash)
    ) ${byRow}`,
    `create table version_files (
      site ${text} not null,
      version ${text} not null,
      path ${text} not null,
      blob ${text} not null references blobs (hash) deferrable initially deferred,
      primary key (site, version, path)
    ) ${byKey}`,
    `create table timeline (
      id ${identity},
      site ${text} not null,
      version ${text} not null,
      published_at ${integer} not null,
      effective_at ${integer} not null
    ) ${byRow}`,
    `create index timeline_by_site on timeline (site, effective_at)`,
    `create table widget_builds (
      hash ${text} primary key,
      manifest ${text} not null,
      created_at ${integer} not null
    ) ${byRow}`,
    `create table configs (
      hash ${text} primary key,
      site ${text} not null,
      version ${text} not null,
      build ${text} not null,
      statement ${bytes} not null,
      effective_at ${integer} not null,
      log ${integer} not null,
      idx ${integer} not null
    ) ${byRow}`,
    `create index configs_by_site on configs (site, effective_at)`,
  ];
}

/** Keyed (log, idx) and nothing across logs, so that a log can be a partition of its own. */
function log({ integer, text, bytes, identity, byKey, byRow }: ColumnTypes): string[] {
  return [
    `create table logs (
      id ${identity},
      origin ${text} not null unique,
      site ${text} not null,
      year ${integer} not null,
      next ${integer} not null,
      time ${integer} not null
    ) ${byRow}`,
    `create index logs_by_site on logs (site, year)`,
    `create table entries (
      log ${integer} not null,
      idx ${integer} not null,
      leaf ${bytes} not null,
      primary key (log, idx)
    ) ${byKey}`,
    `create table records (
      log ${integer} not null,
      idx ${integer} not null,
      id ${bytes} not null,
      subject ${bytes},
      head ${bytes} not null,
      tail ${integer} not null,
      decision_salt ${bytes} not null,
      sealed ${bytes},
      counter ${integer} not null,
      primary key (log, idx)
    ) ${byKey}`,
    `create table decision_tails (
      id ${identity},
      hash ${bytes} not null unique,
      tail ${bytes} not null
    ) ${byRow}`,
    // The decision in force and the previous record of a subject are both answered from this index.
    `create index records_by_subject on records (subject, counter, log, idx) where subject is not null`,
    `create table record_ids (
      site ${text} not null,
      id ${bytes} not null,
      log ${integer} not null,
      idx ${integer} not null,
      body_hash ${bytes},
      primary key (site, id)
    ) ${byKey}`,
  ];
}

function events({ integer, text, bytes, identity, byKey, byRow }: ColumnTypes): string[] {
  return [
    `create table outbox (
      id ${identity},
      site ${text} not null,
      service ${text} not null,
      subject ${bytes} not null,
      log ${integer} not null,
      idx ${integer} not null,
      payload ${text} not null,
      occurred_at ${integer} not null,
      due_at ${integer} not null,
      leased_until ${integer} not null,
      attempts ${integer} not null,
      state ${text} not null,
      reason ${text}
    ) ${byRow}`,
    `create index outbox_by_due on outbox (state, due_at)`,
    // An erasure purges what is queued of a subject; what a withdrawal stops is dropped at the exit.
    `create index outbox_by_subject on outbox (subject)`,
    `create table event_counts (
      site ${text} not null,
      service ${text} not null,
      day ${text} not null,
      outcome ${text} not null,
      count ${integer} not null,
      primary key (site, service, day, outcome)
    ) ${byKey}`,
    `create table deliveries (
      site ${text} not null,
      service ${text} not null,
      day ${text} not null,
      log ${integer} not null,
      idx ${integer} not null,
      count ${integer} not null,
      primary key (site, service, day, log, idx)
    ) ${byKey}`,
  ];
}

function staff({ integer, text, bytes, identity, byRow }: ColumnTypes): string[] {
  return [
    `create table access_keys (
      id ${text} primary key,
      hash ${bytes} not null unique,
      label ${text} not null,
      role ${text} not null,
      site ${text},
      created_at ${integer} not null,
      expires_at ${integer},
      revoked_at ${integer}
    ) ${byRow}`,
    `create table sessions (
      hash ${bytes} primary key,
      key_id ${text} not null,
      created_at ${integer} not null,
      seen_at ${integer} not null
    ) ${byRow}`,
    `create table staff_audit (
      id ${identity},
      at ${integer} not null,
      key_id ${text} not null,
      action ${text} not null,
      detail ${text} not null,
      count ${integer} not null
    ) ${byRow}`,
  ];
}
