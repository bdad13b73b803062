import { test } from 'vitest'
import { buyThroughKills } from './buy-through-kills.ts'

test(
  'killed twice while buying, it buys every watch once and pays once [SHOP-TOOLS-04]',
  () => buyThroughKills(2),
  100_000,
)
