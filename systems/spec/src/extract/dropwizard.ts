import type { Run } from './run-code.ts'

const dropwizards = new WeakMap<Run, boolean>()

/** Dropwizard answers bodies that do not fit with a status of its own (dropwizard.io, "Validation"). */
export function isDropwizard(run: Run): boolean {
  let known = dropwizards.get(run)
  if (known === undefined) {
    known = [...run.project.modules.values()].some(({ body }) =>
      body.some(
        (stmt) =>
          stmt.k === 'import' &&
          /^io\.dropwizard\.(?:core$|Application$|core\.Application$|core\.setup|setup)/.test(
            `${stmt.source}`,
          ),
      ),
    )
    dropwizards.set(run, known)
  }
  return known
}
