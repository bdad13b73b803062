import type { UsageDimension } from '../../src/metering/usage-report.ts'

/** Filter of the calls page for one group of usage. Calls without a key or provider have no filter of their own. */
export const callFilters: Record<UsageDimension, (name: string) => Record<string, string>> = {
  model: (name) => ({ model: name }),
  tenant: (name) => ({ tenant: name }),
  key: (name) => (name === '' ? {} : { text: name }),
  // Replicas are named after their provider.
  provider: (name) => (name === '' ? {} : { text: `${name}/` }),
}
