/** Option name, then each value with its price factor. */
export interface SizeList {
  option: string
  values: readonly (readonly [label: string, factor: number])[]
  /** A size run is offered as a whole (clothes); otherwise a product offers some of the values. */
  wholeRun: boolean
}

const flat = (option: string, labels: readonly string[]): SizeList => ({
  option,
  values: labels.map((label) => [label, 1] as const),
  wholeRun: true,
})

const stepped = (option: string, values: SizeList['values']): SizeList => ({
  option,
  values,
  wholeRun: false,
})

const eu = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `EU ${from + i}`)

export const sizes = {
  shoesMen: flat('size', eu(40, 46)),
  shoesWomen: flat('size', eu(36, 41)),
  shoesKids: flat('size', eu(30, 37)),
  clothes: flat('size', ['XS', 'S', 'M', 'L', 'XL', 'XXL']),
  clothesKids: flat('size', ['3-4 years', '5-6 years', '7-8 years', '9-10 years', '11-12 years']),
  waist: flat('size', ['W28', 'W30', 'W32', 'W34', 'W36', 'W38']),
  gloves: flat('size', ['S', 'M', 'L', 'XL']),
  baby: flat('size', ['0-3 months', '3-6 months', '6-9 months', '9-12 months', '12-18 months']),
  ball: flat('size', ['3', '4', '5']),
  bedding: stepped('size', [
    ['Twin', 1],
    ['Full', 1.2],
    ['Queen', 1.4],
    ['King', 1.65],
  ]),
  pillow: stepped('size', [
    ['Standard', 1],
    ['Queen', 1.2],
    ['King', 1.4],
  ]),
  towel: stepped('set', [
    ['Bath towel', 1],
    ['Set of 2', 1.8],
    ['Set of 4', 3.3],
  ]),
  rug: stepped('size', [
    ['80 x 150 cm', 1],
    ['120 x 170 cm', 1.7],
    ['160 x 230 cm', 2.8],
    ['200 x 290 cm', 4.1],
  ]),
  storage: stepped('storage', [
    ['128 GB', 1],
    ['256 GB', 1.14],
    ['512 GB', 1.38],
  ]),
  laptop: stepped('configuration', [
    ['16 GB / 512 GB', 1],
    ['16 GB / 1 TB', 1.13],
    ['32 GB / 1 TB', 1.3],
  ]),
  ssd: stepped('capacity', [
    ['500 GB', 1],
    ['1 TB', 1.6],
    ['2 TB', 2.8],
    ['4 TB', 5.2],
  ]),
  monitor: stepped('size', [
    ['24 inch', 1],
    ['27 inch', 1.3],
    ['32 inch', 1.75],
  ]),
  volume: stepped('volume', [
    ['30 ml', 1],
    ['50 ml', 1.45],
    ['100 ml', 2.3],
  ]),
  wash: stepped('volume', [
    ['250 ml', 1],
    ['400 ml', 1.45],
    ['1 l', 2.9],
  ]),
  coffee: stepped('weight', [
    ['250 g', 1],
    ['500 g', 1.85],
    ['1 kg', 3.4],
  ]),
  pantry: stepped('pack', [
    ['Single', 1],
    ['Pack of 3', 2.75],
    ['Pack of 6', 5.2],
  ]),
  kibble: stepped('weight', [
    ['2 kg', 1],
    ['6 kg', 2.5],
    ['12 kg', 4.4],
  ]),
  dog: stepped('size', [
    ['S', 1],
    ['M', 1.12],
    ['L', 1.25],
    ['XL', 1.45],
  ]),
  pan: stepped('diameter', [
    ['20 cm', 1],
    ['24 cm', 1.2],
    ['28 cm', 1.45],
  ]),
  bottle: stepped('capacity', [
    ['350 ml', 1],
    ['500 ml', 1.15],
    ['750 ml', 1.3],
    ['1 l', 1.5],
  ]),
  pot: stepped('diameter', [
    ['14 cm', 1],
    ['20 cm', 1.5],
    ['28 cm', 2.3],
  ]),
  hose: stepped('length', [
    ['15 m', 1],
    ['25 m', 1.5],
    ['40 m', 2.2],
  ]),
  tent: stepped('size', [
    ['2 person', 1],
    ['3 person', 1.25],
    ['4 person', 1.55],
  ]),
  weights: stepped('weight', [
    ['2 x 2 kg', 1],
    ['2 x 5 kg', 2.1],
    ['2 x 10 kg', 3.9],
  ]),
  nappies: stepped('pack', [
    ['40 pieces', 1],
    ['80 pieces', 1.85],
    ['160 pieces', 3.5],
  ]),
  backpack: stepped('capacity', [
    ['18 l', 1],
    ['25 l', 1.15],
    ['32 l', 1.3],
  ]),
} as const satisfies Record<string, SizeList>

export type SizeScheme = keyof typeof sizes
