import { clothing } from './departments/clothing.ts'
import { electronics } from './departments/electronics.ts'
import { family } from './departments/family.ts'
import { furniture } from './departments/furniture.ts'
import { home } from './departments/home.ts'
import { outdoors } from './departments/outdoors.ts'
import { sports } from './departments/sports.ts'
import type { ProductType } from './product-type.ts'

export const productTypes: readonly ProductType[] = [
  ...sports,
  ...clothing,
  ...home,
  ...electronics,
  ...furniture,
  ...family,
  ...outdoors,
]
