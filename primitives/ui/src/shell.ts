// What only the console's shell needs; pages of systems build on `index.ts`.
export { storeKey, storedKey } from './api/client.ts'
export { applyTheme, cssVariables, currentTheme, theme } from './theme/theme.ts'
export { PlaceContext } from './kit/place.ts'
export { areShortcutsOn, listenForShortcuts, switchShortcuts, useShortcuts } from './kit/shortcuts.ts'
export type { RunnableShortcut } from './kit/shortcuts.ts'
