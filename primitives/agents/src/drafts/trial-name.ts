/** Trials are agents by themselves, so that they leave no version and no trigger on the agent that is tried. */
export const trialName = (name: string): string => `try-${name}`.slice(0, 64).replace(/-$/, '')

/** True of a trial: it is no agent of anybody. */
export const isTrial = (name: string): boolean => name.startsWith('try-')

/** The agent that a trial is of; the name itself where it is none. Null where the name was too long to be kept whole. */
export function triedAgent(name: string): string | null {
  if (!isTrial(name)) return name
  return name.length < 63 ? name.slice('try-'.length) : null
}

/** Among the tags of a trial that runs one step alone. */
export const oneStepTag = 'one-step'
