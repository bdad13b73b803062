/** Hears of every look that might have called somebody out: how sure the rule was of what. For learning its floor. */
export interface AlertWatch {
  onLook?(look: { subject: string; level: number; call: string; atMs: number }): void
}

/** Adds a look to the last `count`; their mean once there are as many, null before: one odd look raises no alert. */
export function meanOfLooks(
  before: readonly number[] | undefined,
  look: number,
  count: number,
): { looks: number[]; mean: number | null } {
  const looks = [...(before ?? []), look].slice(-count)
  return {
    looks,
    mean: looks.length < count ? null : looks.reduce((sum, each) => sum + each, 0) / count,
  }
}

/** Whether the floor lets a word go on air as an alert. */
export function reaches(floor: number | null, mean: number | null): boolean {
  return floor !== null && mean !== null && mean >= floor
}

/** What is called out comes before whatever is not: a page that decides by itself takes from 0.5 on. */
export function alertImportance(isAlert: boolean, probability: number): number {
  return isAlert ? 0.5 + probability / 2.5 : probability / 2
}
