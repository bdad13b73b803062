import type { ConsoleSystem } from './console-system.ts'
import { shopConsole } from '../../../systems/shop/console/index.ts'

/** Every system with pages of its own; the server says which of them run. One line a system. */
export const consoleSystems: ConsoleSystem[] = [shopConsole]
