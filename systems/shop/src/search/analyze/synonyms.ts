/**
 * Words and phrases that shoppers and sellers use for the same thing, from general product knowledge. One group a
 * line, `,` between members. They are matched by stem, so singular forms are enough.
 */
const equivalents = `
t-shirt, tee, tshirt, tee shirt
trousers, pants, slacks, bottoms
sneakers, trainers, running shoes, rubber shoes, kicks
sandals, slides, flip flops, slippers
jumper, sweater, pullover, knitwear
hoodie, hooded sweatshirt, sweatshirt
jacket, coat, outerwear
raincoat, rain jacket, rain coat, poncho
swimsuit, swimwear, bathing suit, swimming costume, beachwear
bikini, two piece swimsuit
bra, brassiere, bralette
underwear, panties, briefs, boxers, undergarment, lingerie
nightgown, nightdress, sleepwear, pajamas, nightwear, loungewear
tights, stockings, pantyhose, leggings
cap, hat, headwear
beanie, knit cap, winter hat
sunglasses, shades, eyewear, sunnies
eyeglasses, spectacles, glasses, eyewear
handbag, purse, hand bag
backpack, rucksack, knapsack, bag pack, schoolbag, school bag
sling bag, crossbody bag, shoulder bag, messenger bag
tote, tote bag, shopper bag
wallet, purse, billfold, card holder
suitcase, luggage, trolley bag, travel bag
duffel, duffle, gym bag
belt, waistband, strap
scarf, shawl, wrap
gloves, mittens, mitts
earring, ear stud, ear ring, stud
necklace, pendant, chain, choker
bracelet, bangle, wristband, armband
ring, band
watch, wristwatch, timepiece
watch strap, watch band, watchband, wrist strap, bracelet strap
anklet, ankle bracelet
brooch, pin badge, badge, pin
women, woman, ladies, lady, female, girl
men, man, gents, gentleman, male, guy
boy, male
kids, children, child, toddler, youth, junior
baby, infant, newborn, toddler
unisex, men women, couple
plus size, oversized, large size, big size
round neck, crew neck, o neck
long sleeve, long sleeved, longsleeve
short sleeve, short sleeved, shortsleeve
sleeveless, tank top, singlet
waterproof, water resistant, water proof, water repellent, rainproof
shockproof, shock resistant, shock absorbing, drop proof, anti shock
windproof, wind resistant
fireproof, fire resistant, flame retardant
dustproof, anti dust, dust proof
rustproof, anti rust, rust resistant
scratch resistant, anti scratch, scratchproof
non slip, anti slip, nonslip, slip resistant, antiskid
non stick, nonstick
antibacterial, anti bacterial, germicidal, antimicrobial
anti aging, antiaging, anti wrinkle
wireless, cordless, bluetooth
wired, corded
rechargeable, usb charging
portable, handheld, travel, mini
foldable, folding, collapsible
adjustable, extendable, telescopic
detachable, removable
automatic, auto
electric, electronic, electrical
heavy duty, industrial, sturdy
lightweight, light weight
transparent, clear, see through
stainless steel, steel, inox
faux leather, pu leather, synthetic leather, vegan leather, leatherette
plastic, pvc, acrylic, abs, pp
wood, wooden, timber
metal, iron, steel, alloy, aluminum
fabric, cloth, textile
cotton, pure cotton
spandex, elastane, lycra
plush, stuffed, soft toy, stuffed toy, stuffed animal
phone, mobile phone, cell phone, cellphone, smartphone, mobile
phone case, phone cover, back cover, cell phone case
case, cover, casing, shell
screen protector, tempered glass, screen film, protective film, hydrogel film
charger, power adapter, charging adapter, wall charger
charging cable, usb cable, data cable, cord, charger cable
power bank, portable charger, powerbank, battery pack
earphones, earbuds, headphones, headset, in ear monitor
headset, headphones, headphone
speaker, loudspeaker, soundbar
laptop, notebook computer, notebook pc
computer, pc, desktop
tablet, tab, ipad, pad
keyboard cover, keyboard protector, keyboard skin
mouse pad, mousepad, desk mat
memory card, sd card, micro sd, tf card
flash drive, usb drive, thumb drive, usb stick, pen drive
hard drive, hard disk, hdd, external drive
ssd, solid state drive
webcam, web camera
camera, cam, camcorder
cctv, security camera, surveillance camera, ip camera
router, wifi router, modem
television, tv, smart tv
remote control, remote, controller
game controller, gamepad, joystick, joypad
console, gaming console
projector, beamer
printer, printing machine
microphone, mic
tripod, camera stand, selfie stick
stand, holder, mount, bracket, rack
smartwatch, smart watch, fitness tracker, activity tracker, running watch, gps watch
battery, cell, accumulator
light bulb, bulb, lamp, led light
flashlight, torch, torchlight
lamp, light, lighting
string lights, fairy lights
chandelier, pendant light, ceiling light
extension cord, power strip, extension, outlet
socket, outlet, receptacle
plug, connector, jack
switch, toggle, button
sensor, detector
wire, cable, cord
adapter, converter, connector
fridge, refrigerator, cooler, freezer, refrigeration
air conditioner, aircon, ac unit, climate control, air conditioning
fan, ventilator, blower
heater, warmer, heating
air fryer, airfryer
oven, stove, cooker
kettle, water boiler
blender, mixer, juicer
coffee maker, coffee machine, espresso machine
rice cooker, multicooker
vacuum cleaner, vacuum, hoover
washing machine, washer, laundry machine
iron, steamer, garment steamer
humidifier, diffuser, aroma diffuser
water dispenser, water purifier, water filter
pot, saucepan, casserole
pan, frying pan, skillet, wok
cookware, pots pans, kitchenware
bakeware, baking pan, baking mold, baking tray
dough scraper, pastry cutter, bench scraper
knife, blade, cutter
cutlery, flatware, silverware, utensils
spoon, ladle, scoop
cup, mug, tumbler, glass
bottle, flask, jug
water bottle, tumbler, water cup, drinking bottle, water jug
thermos, vacuum flask, insulated bottle
lunch box, bento, food container, lunchbox
container, storage box, canister, jar, box
plate, dish, dinnerware
bowl, dish
tray, platter
chopping board, cutting board
apron, pinafore
basket, bin, hamper
trash can, garbage bin, rubbish bin, waste bin, dustbin
trash bag, garbage bag, bin liner
shelf, rack, shelving, organizer
drawer, organizer, cabinet
cabinet, cupboard, locker
wardrobe, closet, clothes rack
sofa, couch, settee, loveseat
sofa cover, couch cover, slipcover
armchair, recliner
chair, seat, stool
table, desk
bed, bedframe
mattress, mattress pad, bed foam
bedsheet, bed sheet, fitted sheet, bed linen, bedding
duvet, comforter, quilt, blanket
blanket, throw, fleece
pillow, cushion
pillowcase, pillow cover, cushion cover, throw pillow case
curtain, drape, blind
carpet, rug, mat
doormat, door mat, floor mat
wallpaper, wall paper, wall covering
wall sticker, wall decal, decal, wall decoration
sticker, decal, label
mirror, looking glass
clock, timepiece
picture frame, photo frame
candle, scented candle
vase, flower pot, planter
plant pot, flowerpot, planter
artificial flower, fake flower, faux flower
towel, bath towel, washcloth
shower curtain, bath curtain
shower head, showerhead
faucet, tap, spigot
toilet, bidet
toothbrush, tooth brush
toothpaste, tooth paste, dentifrice
mouthwash, mouth wash
soap, bar soap, cleansing bar
body wash, shower gel, bath gel
shampoo, hair wash
conditioner, hair conditioner
hair dryer, blow dryer, hairdryer
hair straightener, flat iron
hair clipper, hair trimmer, razor, shaver, grooming kit
shaver, razor, shaving machine
beard, mustache, facial hair
wig, hairpiece, hair extension
hair clip, hairpin, barrette, hair pin
headband, hairband, hair band
scrunchie, hair tie, hair band
comb, hairbrush, hair brush
perfume, fragrance, cologne, eau de parfum, eau de toilette, scent
deodorant, antiperspirant
lotion, body lotion, body cream, moisturizer
moisturizer, face cream, hydrating cream
face wash, facial wash, cleanser, facial cleanser
serum, essence, ampoule
sunscreen, sunblock, sun cream
lipstick, lip tint, lip gloss, lip color
lip balm, chapstick
foundation, bb cream, cushion foundation
concealer, corrector
blush, cheek tint, blusher
eyeshadow, eye shadow
mascara, eyelash
eyeliner, eye liner
nail polish, nail lacquer, gel polish
nail art, manicure
makeup, cosmetics, make up
makeup brush, cosmetic brush
whitening, brightening, lightening
face mask, facial mask, sheet mask
surgical mask, disposable mask, face mask
sanitizer, hand sanitizer, disinfectant
tissue, paper towel, toilet paper, napkin
diaper, nappy, diapers
feeding bottle, baby bottle, nursing bottle
pacifier, dummy, soother
stroller, pram, pushchair
crib, cot, baby bed
bib, feeding bib
teether, teething toy
breast pump, milk pump
vitamin, supplement, multivitamin
protein powder, whey, whey protein
creatine, creatine monohydrate
medicine, drug, medication
thermometer, temperature gun
blood pressure monitor, bp monitor, sphygmomanometer
massager, massage gun, massage machine
brace, support, splint
bandage, plaster, band aid, gauze
wheelchair, mobility chair
bicycle, bike, cycle
cycling, biking, bike, mtb
motorcycle, motorbike, moto
scooter, moped
car, vehicle, automotive, auto, automobile
truck, lorry, pickup
tire, wheel
rim, wheel rim, mags
rotor, disc plate, brake disc, disc
brake pad, brake shoe
spark plug, sparkplug
headlight, headlamp, front light
tail light, taillight, rear light
turn signal, indicator light, signal light
windshield, windscreen
wiper, wiper blade, windshield wiper
bumper, fender
side mirror, rearview mirror, wing mirror
seat cover, car seat cover
engine oil, motor oil, lubricant
lubricant, grease, oil
exhaust, muffler, silencer
carburetor, carb
radiator, coolant
helmet, hard hat, head gear
drill, driver, electric drill
screwdriver, screw driver
spanner, wrench
ratchet, socket wrench
pliers, plier, pincers
hammer, mallet
saw, chainsaw, hacksaw
sandpaper, abrasive, sanding disc
glue, adhesive, epoxy, sealant, paste
tape, adhesive tape, duct tape
caulk, sealant, silicone sealant
paint, coating, varnish
bolt, screw, fastener
nut, bolt nut
nail, tack
hinge, door hinge
padlock, lock
hook, hanger
hose, tube, pipe
fitting, coupling, connector
valve, tap
pump, water pump
bearing, ball bearing
gasket, seal, o ring
belt, v belt
caliper, vernier, ruler, measuring tool
tape measure, measuring tape, meter tape
scale, weighing scale, weigh scale
multimeter, tester, meter
tester, checker, meter, analyzer
solder, soldering
welder, welding machine
generator, genset
ladder, step ladder
trolley, cart, pushcart, push cart
caster, castor, wheel
tarp, tarpaulin, canopy
tent, camping tent
sleeping bag, camp bed
lawn mower, grass cutter, mower
brush cutter, grass trimmer
sprinkler, irrigation
fertilizer, plant food
pesticide, insecticide, insect killer, bug spray
insect, bug, pest
mosquito repellent, insect repellent, mosquito killer
mouse trap, rat trap
seed, seedling
pen, ballpoint, ballpen, gel pen, sign pen
pencil, mechanical pencil
marker, highlighter, felt pen
notebook, journal, notepad, diary
planner, organizer, agenda
paper, bond paper, copy paper
envelope, mailer
folder, binder, file
stapler, staples
eraser, rubber
scissors, shears
calculator, calc
whiteboard, white board
toy, plaything
doll, figurine
action figure, figurine, figure, model figure
building blocks, bricks, block toy, lego
puzzle, jigsaw
board game, tabletop game
card game, playing cards, trading cards
rc car, remote control car
toy gun, water gun, blaster
balloon, party balloon
costume, cosplay
gift, present
party decoration, party supplies, party decor
decoration, decor, ornament
greeting card, invitation
keychain, key chain, key ring, keyring
yoga mat, exercise mat
dumbbell, weights
resistance band, exercise band
foam roller, massage roller
jump rope, skipping rope
ball, football, basketball
football, soccer
racket, racquet
badminton, shuttlecock
fishing rod, fishing pole
fishing lure, bait
golf, golfing
swimming goggles, swim goggles
life jacket, life vest
guitar, acoustic guitar
drum, percussion
cymbal, crash cymbal
keyboard, piano
ukulele, uke
harmonica, mouth organ
cd, album, disc
vinyl, record, lp
book, novel, paperback
comic, manga
pet, dog cat
dog, puppy, canine
cat, kitten, feline
dog food, pet food
leash, dog lead
collar, pet collar
litter box, cat litter
aquarium, fish tank
bird cage, birdcage
snack, chips, crisps
cookie, biscuit
candy, sweets, confectionery
chocolate, cocoa
soft drink, soda
juice, beverage, drink
tea, tea bag
coffee, instant coffee
noodle, ramen, pasta
rice, grain
spice, seasoning, condiment
chili, chilli, chile
powder, powdered
sachet, pouch, packet
bundle, combo, set, kit
multipack, pack, set
single, piece, 1 piece
pair, 2 pieces
refill, replacement
spare part, replacement part
accessory, attachment
cleaner, cleaning agent, detergent
detergent, laundry soap, washing powder
bleach, whitener
fabric conditioner, fabric softener
dishwashing liquid, dish soap
mop, floor mop
broom, sweeper
brush, scrubber
sponge, scouring pad
air freshener, room spray
cigarette, tobacco, smoking
lighter, igniter
vape, e cigarette
bag, pouch, sack
drawstring, string bag
straw, woven, rattan, wicker
floral, flower, flower print
plain, solid, solid color, basic
striped, stripes, stripe
plaid, checkered, tartan, gingham
polka dot, dotted
printed, print, graphic
embroidery, embroidered
vintage, retro, classic
modern, contemporary, minimalist
casual, daily, everyday
formal, dress, office
korean, k style
elegant, chic
cute, kawaii
cartoon, anime
gold, golden
silver, silvery
gray, dark gray, light gray
beige, cream, khaki, ivory
white, off white, creamy white
navy, navy blue, dark blue
purple, violet, lavender
pink, rose
brown, coffee, tan
red, maroon, burgundy, wine red
multicolor, colorful, rainbow
`

/** A general word, then particular ones that also satisfy it (not the other way round). */
const narrower = `
shoe: sneaker, boot, sandal, loafer, heel, trainer, slipper, moccasin, clog
footwear: shoe, sneaker, boot, sandal, slipper
clothing: shirt, dress, pants, jacket, skirt, blouse, top
top: blouse, shirt, t-shirt, tank top, camisole
shirt: blouse, polo, t-shirt
dress: gown, frock, maxi, sundress
jewelry: necklace, ring, bracelet, earring, pendant
bag: backpack, tote, handbag, pouch, purse
furniture: table, chair, sofa, cabinet, bed, desk, shelf
drinkware: cup, mug, tumbler, glass, bottle
tool: wrench, drill, hammer, plier, screwdriver, cutter, scraper, knife
baking tool: scraper, spatula, whisk, cutter, rolling pin, piping
grooming tool: clipper, trimmer, shaver
toy: doll, figure, puzzle, block, plush
snack: cracker, chips, cookie, nuts, candy
seasoning: pepper, salt, chili, spice
vegetable: cabbage, tomato, lettuce, carrot, pepper, spinach, eggplant, okra
fruit: apple, mango, banana, orange, berry, citrus
flower: rose, sunflower, orchid, tulip, lily
pet: dog, cat, hamster, rabbit, bird
cosmetic: lipstick, mascara, foundation, eyeliner, blush
skincare: serum, moisturizer, cleanser, toner, sunscreen
appliance: blender, oven, kettle, toaster, refrigerator, fan
stationery: pen, pencil, notebook, paper, eraser, marker
measuring tool: ruler, caliper, gauge, tape, protractor
instrument: guitar, drum, violin, keyboard, flute, ukulele
gym: dumbbell, barbell, fitness, workout
workout: training, trainer, gym, fitness, exercise
supplement: vitamin, collagen, protein, creatine
bedding: sheet, pillowcase, duvet, comforter
apple: iphone, ipad, macbook, airpods
samsung: galaxy
xiaomi: redmi, poco, mi
microsoft: xbox, surface
sony: playstation, ps4, ps5, xperia
nintendo: switch, wii
google: pixel
audio: speaker, earphone, headphone, microphone
insect: mosquito, ant, cockroach, fly
`

const equivalentWeight = 0.5
const narrowerWeight = 0.4

/**
 * The groups as `phrase → others`, read once by the caller, who stems both sides.
 * A word in several groups gets the members of each, never the members of their members.
 */
export function synonymPairs(): { from: string; to: string; weight: number }[] {
  const pairs: { from: string; to: string; weight: number }[] = []
  for (const line of equivalents.trim().split('\n')) {
    const members = line.split(',').map((member) => member.trim())
    for (const from of members)
      for (const to of members) if (from !== to) pairs.push({ from, to, weight: equivalentWeight })
  }
  for (const line of narrower.trim().split('\n')) {
    const [from, members] = line.split(':')
    if (from === undefined || members === undefined) continue
    for (const to of members.split(','))
      pairs.push({ from: from.trim(), to: to.trim(), weight: narrowerWeight })
  }
  return pairs
}
