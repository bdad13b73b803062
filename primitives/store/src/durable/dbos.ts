type Dbos = typeof import('@dbos-inc/dbos-sdk')

let loaded: Dbos | null = null

/** Loads DBOS. It takes about 30 MB, so a process in which nothing registers a durable run does without it. */
export async function loadDbos(): Promise<Dbos> {
  return (loaded ??= await import('@dbos-inc/dbos-sdk'))
}

/** DBOS in a process whose durable runs have started. Throws before. */
export function getDbos(): Dbos {
  if (loaded === null) throw new Error('DBOS is not loaded: durable runs have not started in this process.')
  return loaded
}
