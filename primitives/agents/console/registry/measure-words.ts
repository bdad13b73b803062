/** What is watched of agents, and what is said where it became worse. */
export const measureWords = {
  failed: { outcome: 'Runs that fail', worse: 'More runs fail' },
  refused: { outcome: 'Runs of which people refuse something', worse: 'People refuse more' },
  rework: { outcome: 'Runs that need rework or have an error', worse: 'More rework and errors' },
  cost: { outcome: 'Cost a run', worse: 'Runs are dearer' },
} as const
