import { test } from 'vitest'
import { buyThroughKills } from './buy-through-kills.ts'

test(
  'killed many times while buying, it buys every watch once and pays once [SHOP-TOOLS-04]',
  () => buyThroughKills(30),
  700_000,
)
