import type { Product } from '../../domain/product.ts'

interface Row {
  id: string
  title: string
  category: string
  price: number
  text: string
  colours?: string[]
  attributes?: Record<string, string[]>
}

const rows: Row[] = [
  {
    id: 'alder-desk',
    title: 'Alder Writing Desk',
    category: 'Desks',
    price: 599,
    text: 'Solid alder top on a steel frame. Carries up to 80 kg. Takes about 40 minutes to put together with the tools in the box.',
    attributes: { material: ['alder', 'steel'], width: ['140 cm'] },
  },
  {
    id: 'alder-desk-small',
    title: 'Alder Desk Small',
    category: 'Desks',
    price: 399,
    text: 'The same desk for a corner. Carries up to 60 kg. It has one drawer.',
    attributes: { material: ['alder', 'steel'], width: ['100 cm'] },
  },
  {
    id: 'finch-chair',
    title: 'Finch Office Chair',
    category: 'Chairs',
    price: 229,
    text: 'A swivel chair with a mesh back. The seat height goes from 44 to 56 cm. Holds up to 120 kg.',
    colours: ['Black', 'Moss'],
    attributes: { material: ['mesh', 'aluminium'], audience: ['adults'] },
  },
  {
    id: 'finch-junior',
    title: 'Finch Junior Chair',
    category: 'Chairs',
    price: 89,
    text: 'A chair that grows with children from 6 to 12 years. Holds up to 50 kg. The castors brake when the child stands up.',
    colours: ['Sky', 'Coral'],
    attributes: { material: ['plywood'], audience: ['kids'] },
  },
  {
    id: 'finch-stool',
    title: 'Finch Stool',
    category: 'Chairs',
    price: 119,
    text: 'A stool for the counter, 65 cm high. Wipe it with a damp cloth; do not use bleach.',
    colours: ['Black', 'Natural'],
    attributes: { material: ['ash'] },
  },
  {
    id: 'wren-lamp',
    title: 'Wren Desk Lamp',
    category: 'Lamps',
    price: 79,
    text: 'A lamp with a clamp. The LED gives 450 lumens and cannot be replaced. The cable is 2 m long.',
    colours: ['White', 'Moss'],
    attributes: { material: ['aluminium'], power: ['7 W'] },
  },
  {
    id: 'wren-floor-lamp',
    title: 'Wren Floor Lamp',
    category: 'Lamps',
    price: 149,
    text: 'The Wren on a stand, 150 cm high. It dims in three steps.',
    colours: ['White', 'Black'],
    attributes: { material: ['aluminium'], power: ['12 W'] },
  },
  {
    id: 'heath-shelf',
    title: 'Heath Wall Shelf',
    category: 'Shelves',
    price: 59,
    text: 'One board with two brackets. Holds 15 kg on a brick wall. Screws are not included.',
    attributes: { material: ['oak'], width: ['80 cm'] },
  },
  {
    id: 'heath-bookcase',
    title: 'Heath Bookcase',
    category: 'Shelves',
    price: 349,
    text: 'Five boards, each of which holds 25 kg. Must be fixed to the wall where children play.',
    attributes: { material: ['oak'], width: ['90 cm'] },
  },
  {
    id: 'marsh-rug',
    title: 'Marsh Wool Rug',
    category: 'Rugs',
    price: 259,
    text: 'Hand-woven of wool from Gotland. Vacuum it without a brush; have it cleaned by a professional.',
    colours: ['Sand', 'Slate'],
    attributes: { material: ['wool'] },
  },
  {
    id: 'dune-organizer',
    title: 'Dune Cable Tray',
    category: 'Accessories',
    price: 35,
    text: 'A tray that hides cables below a desk. Fits every desk with a top from 15 to 40 mm.',
    attributes: { material: ['steel'] },
  },
  {
    id: 'dune-care-oil',
    title: 'Dune Wood Oil',
    category: 'Accessories',
    price: 19,
    text: 'Linseed oil for oiled tops, 250 ml. Use it twice a year. Keep it away from children.',
    attributes: { contents: ['linseed oil'] },
  },
]

/** Twelve products of one maker, as a store has on its first evening: no reviews, few attributes, facts in sentences. */
export const makerProducts: Product[] = rows.map((row) => {
  const options: Record<string, string>[] = row.colours?.map((color) => ({ color })) ?? [{}]
  return {
    id: row.id,
    title: row.title,
    brand: 'Tarn & Vale',
    description: row.text,
    categories: [row.category],
    attributes: row.attributes ?? {},
    variants: options.map((option, index) => ({
      id: `${row.id}-${index + 1}`,
      options: option,
      price: { minor: row.price * 100, currency: 'USD' },
      compareAt: null,
      stock: 4,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  }
})

export const makerPolicies = [
  {
    section: 'shipping',
    title: 'Delivery',
    text: 'We deliver within two weeks and call you the day before. Delivery costs $29, and nothing from $400 on.',
  },
  {
    section: 'returns',
    title: 'Returns',
    text: 'Send anything back within 60 days, used or not. We pay for the way back.',
  },
]
