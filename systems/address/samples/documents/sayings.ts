import type { Kind } from '../../src/domain/kinds.ts'

/** What documents say about a place of each kind, by who writes. Templates of `expand`. */
export interface Sayings {
  /** A driver. */
  note: string[]
  /** Who lives or works there. */
  email: string[]
  /** An office: use of a property, class of a licence. */
  use: string[]
  /** The place's own page, or a directory. */
  page: string[]
  /** How a delivery went. */
  delivery: string[]
}

type SaidKind = Exclude<Kind, 'unknown'>

export const sayings: Record<SaidKind, Sayings> = {
  'single-family': {
    note: [
      '{Left|Put|Dropped} {parcel|box|package} {on the porch|by the front door|under the carport|next to the garage|at the side door}.',
      '{Detached|Stand-alone|Small|Brick|Ranch|Two-storey} {house|home} with a {driveway|front yard|picket fence|garage|lawn}.',
      "{Private|Family} {house|home|residence}, {kids' toys in the yard|dog in the yard|beware of dog sign|mailbox at the curb}.",
      'One {house|home}, one {door|mailbox}, no units.',
      '{Homeowner|Owner of the house|Wife|Husband|Grandmother} {signed|took it at the door|waved from the lawn}.',
      'Single {home|house} at the end of the {street|cul-de-sac}, {long driveway|blue door|white garage door}.',
    ],
    email: [
      'It is {a single-family house|our family home|just a house|a normal house}, {no apartment number|there is no unit number|no unit needed}.',
      'We {own|bought|live in} the {house|whole house|home} {and it is only us here|with our two kids|since 2011|and nobody else lives here}.',
      '{Please|You can} leave it on the {front porch|back porch|steps} if {no one is home|we are out}.',
      'Our {house|home} is the one with the {red|green|blue} {door|shutters|mailbox}, {garage on the left|basketball hoop in the driveway}.',
      'My {house|home} {has a fenced yard|sits back from the road|is on the corner}, please {close the gate|mind the dog}.',
    ],
    use: [
      '{Single family|One family|Single-family} {residence|residential|dwelling|detached|home}',
      'SFR {detached|}',
      '{Residential|RES}: {one dwelling unit|1 family|single family}',
      '{Improved residential|Owner occupied}, {one family|single family}',
      'One {family|unit} {dwelling|house}',
      'Detached {dwelling|house}',
      'Mobile home on own land',
      'Single {fam|family} res',
    ],
    page: [
      '{Charming|Spacious|Well-kept} {three|four|two}-bedroom {house|home} {on a quiet street|with a two-car garage|on a quarter-acre lot}.',
      'This is a {detached|single-family} {home|house} built in <year>, with {a finished basement|a fenced backyard|a deck}.',
      '{Home|House} facts: {3|4|5} bedrooms, {2|3} baths, {attached garage|one storey|lot of 0.2 acres}.',
    ],
    delivery: [
      '{Delivered|Left} {at front door|on porch|in garage|by side door}',
      'Handed to {resident|homeowner|household member}',
      '{Placed|Left} {behind planter|on back deck|in mailbox at curb}',
    ],
  },
  'multi-unit': {
    note: [
      '{Apartment|Residential|Five-storey|Brick|Walk-up} {building|block} with {buzzers|a row of mailboxes|an intercom|many doorbells}, no unit on the label.',
      '{Duplex|Triplex|Fourplex|Two-family|Three-decker}, {two|three|several} {doors|bells|mailboxes}, {could not tell which|need unit}.',
      '{Need|Missing|No} {apt|unit|apartment} {number|no.}, {building has <units> units|leasing office would not take it|nobody knew the name}.',
      '{Leasing|Management|Rental} office {on the ground floor|by the gate|took the parcel} for the {complex|tenants}.',
      'Large {complex|building} with {lobby|concierge|parcel lockers} and {<units> apartments|many tenants}.',
      '{Rooming house|Row of flats|Garden apartments|Mobile home park}, several {households|families|lots} at the one {number|address}.',
    ],
    email: [
      'The {building|complex|house} has <units> {apartments|units|flats}, {so you need the unit|please ask tenants for theirs|each with its own bell}.',
      'I manage the {apartment building|rental complex|property}; {parcels go to the leasing office|tenants pick up in the lobby|there are <units> tenants}.',
      'We {rent out|let} the {upper|other|second} {floor|unit|half} to another family{, two families live here|, so there are two doorbells}.',
      'There are {several|two|three|many} {families|households|tenants} in this {building|house}.',
    ],
    use: [
      '{Two|Three|Four}{-| }{family|unit} {dwelling|residence|residential|flat}',
      '{Apartment|Apartments}{ building| house| complex|, <units> units}',
      'Multi{-|}family {residential|dwelling|5+ units|2-4 units}',
      'Multiple dwelling',
      'Duplex',
      'Triplex',
      '{Rental|Walk-up|Elevator} apartments',
      'Rooming house',
      'Mobile home park',
      'Residential: <units> units',
    ],
    page: [
      '{Now leasing|For rent}: {one|two|studio}-bedroom apartments in a {building of <units> units|gated community|newly built complex}.',
      'Amenities: {fitness room|laundry|pool}, {on-site management|resident lounge|package lockers for residents}.',
      'A {<units>-unit|multi-family} {property|building|investment}, {fully let|with separate meters|all units occupied}.',
    ],
    delivery: [
      '{No apt number|Unit missing|Insufficient address}: returned',
      'Left {with leasing office|in lobby|at parcel locker of the complex|with building manager}',
      'Could not {find tenant|access building}, {<units> bells|no name on the buzzer}',
    ],
  },
  unit: {
    note: [
      '{Apt|Apartment|Unit} <unit>, {third|second|fourth|top} floor, {no elevator|take the elevator|end of the hall}.',
      '{Buzz|Ring} <unit> {at the intercom|on the panel}, {tenant|resident} comes down.',
      'Left {outside apartment|at door of unit|by door} <unit>, {doorman let me in|hallway on the left}.',
      'Condo <unit> {in the tower|on floor 12|at the back of the building}, {front desk signs|concierge calls up}.',
    ],
    email: [
      'I {live in|am in|rent} {apartment|apt|unit|condo} <unit>{, please put it on the label|, second floor|, the buzzer is <unit>}.',
      'My {apartment|condo|flat} is {number|unit} <unit>, {ring twice|use the intercom|the doorman will take it}.',
      'We {bought|own} the condo <unit>, {not the whole building|the HOA office is downstairs}.',
      'Please {bring|deliver} it up to {unit|apartment|apt} <unit>.',
    ],
    use: [
      '{Residential|} condominium{ unit|}',
      'Condo{ - residential|, elevator building|}',
      '{Cooperative|Co-op} {apartment|unit}',
      'Apartment unit <unit>',
      'Condominium apartment, one unit',
      'Townhouse condo',
    ],
    page: [
      '{Bright|Corner|Top-floor} {apartment|condo} <unit> {with a view|in a doorman building|, one bedroom}, {HOA|monthly maintenance} fee {included|extra}.',
      'Unit <unit> is {a one-bedroom|a studio|a two-bedroom} {condo|co-op} on the {third|sixth|second} floor.',
    ],
    delivery: [
      'Left at {door of apt|unit} <unit>',
      'Handed to {tenant|resident} of {apt|unit} <unit>',
      'Concierge signed for {apt|unit} <unit>',
    ],
  },
  business: {
    note: [
      '{Shop|Store|Office|Warehouse|Restaurant|Salon|Garage}, {receptionist|clerk|manager|cashier|staff} {signed|took it|at the counter}.',
      '{Business|Store|Office} {closed|was shut} {when I came|after six|on Sunday}, {try in opening hours|came back next morning}.',
      '{Use|Go to} {loading dock|goods entrance|receiving} {in the rear|at the back}, {ask for receiving|ring for the dock clerk}.',
      '{Retail|Commercial|Office|Industrial} {unit|building|premises}, {sign over the door says <business>|customers inside}.',
      'Delivered to {the front desk|reception|the bar|the shop counter} of <business>.',
    ],
    email: [
      'This is {our shop|our office|our store|a commercial address|the company|our restaurant}, {we are open <hours>|deliveries at the counter please|staff will sign}.',
      '<business> {receives goods|takes deliveries|is open} <hours>.',
      'Nobody {lives|sleeps} here, it is {an office|a shop|a workshop|a warehouse}.',
      '{Our staff|The receptionist|My employees} can sign {during business hours|at the front desk}.',
    ],
    use: [
      '{Retail|Commercial|General} {store|retail|building|sales}',
      'Office{ building| space|, professional}',
      '{Restaurant|Bar|Food service|Fast food|Cafe}',
      'Warehouse{, storage| and distribution|}',
      '{Auto|Automobile} {repair|sales|service}',
      'Hotel{ / motel|}',
      '{Light|Heavy} {industrial|manufacturing}',
      'Bank',
      '{Barber|Beauty} {shop|salon}',
      'Shopping {center|plaza}',
      'Gas station',
      '{Limited|Retail} business license',
      'Grocery{ store|}',
      'Medical office',
      'Store and office building',
      "Contractor's yard",
      'Wholesale',
    ],
    page: [
      'Visit {our showroom|our store|us|our office}! {Open|Hours:|We are open} <hours>.',
      '<business> {has served|serves} {customers|clients|the neighbourhood} {since <year>|with pride}, {free parking for customers|walk-ins welcome|book a table|order online}.',
      '{Our team|Our staff|Our mechanics|Our stylists} {is happy to help|look forward to your visit}. {Menu|Services|Products|Prices}.',
      'Opening hours: <hours>.',
    ],
    delivery: [
      'Signed by {receptionist|clerk|store manager|front desk}',
      '{Business closed|Office closed}, second attempt',
      'Delivered to {receiving dock|shop counter|reception|mailroom of the company}',
    ],
  },
  'home-business': {
    note: [
      '{House|Home} with a {small sign|shop sign} for <business>, {owner works from home|salon in the basement|office over the garage}.',
      '{Residential street|Looks like a house} but {it is a business|customers come|parcels are for <business>}, {wife signed|owner signed at the door}.',
      '{Home office|Home daycare|Garage workshop}, {family lives upstairs|ring the house bell}.',
    ],
    email: [
      'I {run|have} <business> {from home|out of my house|from my garage|from the spare room}.',
      '{My home office is|I work} {here|at home}, so somebody is {usually|always} in{ <hours>|}.',
      'It is {a home-based business|our home and our business|a house, and my studio is in it}.',
    ],
    use: [
      '{Home occupation|Home-based business|Home based}{ permit| license|}',
      '{Home occupation}: {consulting|tutoring|catering|bookkeeping}',
      '{Consultant|Computer services|Photographer|Cleaning service}, home based',
      'Internet sales, home based',
      'Family day care home',
      'In-home {services|salon|daycare}',
    ],
    page: [
      '<business> is {run from my home|a home studio|a family business out of our house}. {By appointment only|Please call before you come|Visits by appointment, <hours>}.',
      'I {sew|bake|teach|repair|design} {at home|in my home studio|in our kitchen}, {order online|pick-up at my house by appointment}.',
    ],
    delivery: [
      'Handed to {owner at the house, parcel for <business>|resident, home office}',
      'Left on porch for <business> {(home business)|, works from home}',
    ],
  },
  institution: {
    note: [
      '{School|Church|Hospital|Library|City hall|Fire station|Nursing home|College dorm|Courthouse}, {deliver to the main office|go through security|mail room in the basement|central receiving}.',
      '{Secretary of the school|Sexton|Nurse at the desk|Guard|Librarian|Clerk of the court} {signed|took it}.',
      'Campus of <institution>, {building needs a name|department missing|receiving is building 4}.',
    ],
    email: [
      'This is {the parish office|our school|the hospital|the county office|the library|a nursing home}, {deliveries <hours>|please use the main entrance|parcels go to the mail room}.',
      '<institution> {accepts parcels|is staffed} <hours>.',
      "{Students|Patients|Residents of the home|Parishioners|Visitors} {come through the main gate|are not able to sign}, the {office|nurses' station|warden} will.",
    ],
    use: [
      '{Church|Religious|Place of worship|Parsonage}{ facility|, exempt|}',
      '{School|Public school|Private school|College|University}{ property|}',
      'Hospital',
      'Nursing home{ / assisted living|}',
      '{Government|Municipal|County|State|Federal} {owned|building|office|property}',
      'Library',
      'Museum',
      'Fire station',
      'Charitable{ organization|, exempt}',
      'Exempt: {educational|religious|municipal|hospital}',
      'Cemetery',
      'Child care center, non-profit',
    ],
    page: [
      '{Welcome to|About} <institution>. {Worship services|Visiting hours|School office hours|The office is open} <hours>.',
      '{Students and teachers|Patients and visitors|Members of the congregation|Citizens} {are welcome|find forms here|can reach the principal|will find the ward on floor 2}.',
      'A {non-profit|public|charitable|municipal} {institution|service|organisation} {serving the community since <year>|funded by the county}.',
    ],
    delivery: [
      'Signed by {school secretary|nurse|guard at the courthouse|parish office|campus mail services}',
      'Delivered to {central receiving of the hospital|main office of the school|city clerk}',
    ],
  },
  'po-box': {
    note: [
      '{PO box|Post office box}, {cannot deliver|carrier not allowed|USPS only}.',
      "Address is a {box at the post office|PO box}{, courier can't|}.",
      '{Post office|USPS} {clerk refused courier parcels|only takes mail for boxes}.',
    ],
    email: [
      '{We only get mail at our|This is my|Mail goes to our} {PO box|post office box}.',
      'It is {a box at the post office|a PO box}, {I pick up on Fridays|please send by USPS only}.',
    ],
    use: ['Post office box', 'PO box, {no street delivery|mailing address only}', 'Mailing address only'],
    page: [
      'Write to us: {PO box|post office box}, {no visitors|mail only}.',
      'Mailing address only, {post office box|not a location}.',
    ],
    delivery: [
      "{PO box: courier can't deliver|Transferred to USPS, PO box}",
      'Returned: {post office box|no street address}',
    ],
  },
  'private-mailbox': {
    note: [
      "{UPS Store|Mail and parcel store|Mailbox shop|Pack and ship store}, {box <unit> is a customer's|clerk puts it in box <unit>|private mailbox}.",
      '{Private mailbox|PMB} {in a shipping store|at the mail centre}, {clerk signs|CMRA}.',
      'Virtual office {and mail forwarding|with rented mailboxes}, {nobody of that name works here|they only forward mail}.',
    ],
    email: [
      'I {rent|have} a {private mailbox|mailbox|box} at {the UPS Store|a mail centre|a shipping store}{, number <unit>|}.',
      'It is my {virtual mailbox|mail forwarding address|PMB}, {they sign for me|they scan and forward}.',
    ],
    use: [
      'Commercial mail receiving agency',
      'CMRA {private mailbox|agent}',
      'Mailbox {rental|store}',
      'Mail forwarding service',
    ],
    page: [
      '{Rent a mailbox with a real street address|Virtual mailbox and mail forwarding}, {we sign for your packages|notary, shipping, printing}. Open <hours>.',
      'Mailbox rental, {packing and shipping|parcel receiving}, 24-hour access to your box.',
    ],
    delivery: [
      'Signed by {mailbox store clerk|CMRA agent}',
      'Left with {pack and ship store|mail centre} for box <unit>',
    ],
  },
  military: {
    note: [
      '{Army|Navy|Air force|Marine} {base|post|station}, {stopped at the gate|need a base pass|visitor centre checks ID}.',
      '{Barracks|Base housing|Military mail room}, {soldier signed|unit mail clerk took it}.',
    ],
    email: [
      'I am {deployed|stationed} {overseas|on base|with my unit}, {use the APO address|mail reaches us by FPO|my unit mail room signs}.',
      '{Sergeant|Captain|Private|Airman} here, {barracks room 12|please send through military mail}.',
    ],
    use: [
      'Military {base|installation|reservation|housing}',
      '{Army|Navy|Air force} {barracks|post office}',
      'Federal: department of defense',
    ],
    page: [
      '{Fort|Camp|Naval station|Air base} {visitor information|garrison}, {all visitors show ID at the gate|base access rules}.',
      'Military post office: {APO|FPO|DPO} mail {takes ten days|for service members and families}.',
    ],
    delivery: [
      'Handed over to {military postal service|APO gateway}',
      '{Base gate|Unit mail clerk} {signed|accepted}',
    ],
  },
  'rural-route': {
    note: [
      '{Rural route|Farm road|County road|Dirt road}, {box at the road|mailbox two miles before the farm|no house number}.',
      '{Farm|Ranch|Homestead} {past the cattle guard|after the grain silo}, {leave at the barn|tractor in the way}.',
    ],
    email: [
      'We are {on a rural route|out in the country on a farm}, {the box stands at the road|follow the gravel road}.',
      'Our {farm|ranch} {has no street number|gets mail by rural carrier}, {the barn is open|leave it in the milk house}.',
    ],
    use: [
      '{Rural route|Highway contract route} {delivery|box}',
      'Farm{, residence and barns| and cropland|}',
      'Rural {homestead|residence with acreage}',
      'Agricultural {residence|homesite}',
    ],
    page: [
      '{Family farm|Ranch} {off the county road|five miles from town}, {eggs and hay for sale|boxes along the rural route}.',
      'Rural carrier route {with roadside boxes|serving farms}.',
    ],
    delivery: [
      '{Rural carrier|Left in roadside box} {took it|at the farm lane}',
      'Left at {barn|farm gate|grain shed}',
    ],
  },
  'general-delivery': {
    note: [
      '{General delivery|Held at the post office counter}, {recipient picks up with ID|no home address}.',
      'Post office holds it {for pickup|thirty days}, general delivery.',
    ],
    email: [
      'I {have no fixed address|am travelling|am hiking the trail}, {hold it at the post office|send it general delivery}, I will {pick it up|show my ID}.',
    ],
    use: ['General delivery', 'Hold for pickup at post office'],
    page: [
      'General delivery: {mail is held at the counter|for people without a permanent address}, {pick up with photo ID|held 30 days}.',
    ],
    delivery: ['{Held at post office|General delivery}: {picked up by recipient|waiting for pickup}'],
  },
  vacant: {
    note: [
      '{Empty lot|Vacant lot|Nothing built here|Just grass and a fence}, {no house|no mailbox|no such number}.',
      '{House|Building|Store} {boarded up|burned down|torn down|gutted|abandoned}, {nobody there|windows broken|weeds everywhere}.',
      '{Construction site|Foundation only}, {no one to sign|not finished}.',
    ],
    email: [
      '{Nobody|No one} {lives|is} {there|at that address} {any more|since the fire|yet}, {it is empty|the house was torn down|it stands vacant}.',
      '{The lot|That parcel} is {undeveloped|unbuilt|vacant}, {we have not built yet|there is no building}.',
    ],
    use: [
      'Vacant {land|lot|residential land|commercial land}',
      'Undeveloped{ land|}',
      'Unimproved {lot|parcel}',
      '{Demolished|Condemned}{ structure|}',
      'Vacant building',
      'Parking lot, unimproved',
    ],
    page: [
      '{Buildable lot|Vacant land|Building plot} for sale, {utilities at the street|zoned residential|0.3 acres, no structures}.',
      'Notice: {structure at this address was demolished|building is vacant and boarded|order to demolish}.',
    ],
    delivery: [
      '{Vacant|No such address|Address not found}: returned',
      'Undeliverable: {empty lot|building demolished|unoccupied}',
    ],
  },
}
