type Names = readonly [string, ...string[]]

export type Locale = {
  /** For e-mail addresses. */
  readonly domain: string
  readonly firstNames: Names
  readonly lastNames: Names
  readonly companies: Names
  readonly sectors: Names
  /** Mobile numbers begin with this, and have so many digits after it. */
  readonly phone: { readonly prefix: string; readonly digits: number }
}

export const locales: readonly [Locale, ...Locale[]] = [
  {
    domain: 'tbilisi',
    firstNames: ['ნინო', 'გიორგი', 'მარიამ', 'ლევან', 'თამარ', 'დავით', 'ანა', 'ირაკლი', 'სალომე', 'ზურაბ'],
    lastNames: ['ბერიძე', 'მაისურაძე', 'კაპანაძე', 'გელაშვილი', 'ლომიძე', 'წიკლაური', 'ხუციშვილი', 'ჯაფარიძე'],
    companies: ['მთაწმინდა', 'რიონი', 'კოლხეთი', 'თუშეთი', 'ივერია', 'არაგვი', 'ვაზი', 'მტკვარი'],
    sectors: ['მშენებლობა', 'ენერგია', 'ლოჯისტიკა', 'სასტუმრო', 'დიზაინი'],
    phone: { prefix: '+99559', digits: 7 },
  },
  {
    domain: 'london',
    firstNames: ['Olivia', 'James', 'Amelia', 'Oliver', 'Sophie', 'Henry', 'Grace', 'Arthur', 'Ella', 'Thomas'],
    lastNames: ['Walker', 'Hughes', 'Bennett', 'Clarke', 'Foster', 'Graham', 'Marsh', 'Whitfield'],
    companies: ['Northgate', 'Riverside', 'Oakwell', 'Harbour', 'Kingfisher', 'Ashdown', 'Silverline', 'Brightwater'],
    sectors: ['Heating', 'Property', 'Logistics', 'Hotels', 'Interiors'],
    phone: { prefix: '+44740', digits: 7 },
  },
  {
    domain: 'dubai',
    firstNames: ['محمد', 'فاطمة', 'أحمد', 'مريم', 'خالد', 'نورة', 'يوسف', 'ليلى', 'عمر', 'سارة'],
    lastNames: ['المنصوري', 'الهاشمي', 'النعيمي', 'الكعبي', 'الشامسي', 'الزعابي', 'العامري', 'الفلاسي'],
    companies: ['النخيل', 'الواحة', 'الخليج', 'الصقر', 'المدينة', 'الفجر', 'الياسمين', 'البرج'],
    sectors: ['للمقاولات', 'للعقارات', 'للطاقة', 'للفنادق', 'للتجارة'],
    phone: { prefix: '+97150', digits: 7 },
  },
  {
    domain: 'haifa',
    firstNames: ['נועה', 'דוד', 'מאיה', 'יוסי', 'תמר', 'איתי', 'שירה', 'אורי', 'יעל', 'רון'],
    lastNames: ['כהן', 'לוי', 'מזרחי', 'פרץ', 'ביטון', 'אברהם', 'פרידמן', 'שפירא'],
    companies: ['הכרמל', 'הגליל', 'ארז', 'הנגב', 'תבור', 'אלון', 'שקד', 'ירדן'],
    sectors: ['בנייה', 'אנרגיה', 'שיווק', 'מלונות', 'עיצוב'],
    phone: { prefix: '+97250', digits: 7 },
  },
]

export const dealSubjects: Names = [
  'Heating for a house',
  'Boiler replacement',
  'Air conditioning, three floors',
  'Maintenance contract',
  'Underfloor heating',
  'Heat pump',
  'Solar collectors',
  'Ventilation of an office',
  'Hotel renovation',
  'Warehouse heating',
]

export const productKinds: readonly (readonly [name: string, category: string, unit: string, cost: number])[] = [
  ['Gas boiler', 'Boilers', 'pcs', 640],
  ['Heat pump', 'Heat pumps', 'pcs', 2_900],
  ['Radiator', 'Radiators', 'pcs', 85],
  ['Copper pipe', 'Pipes', 'm', 6],
  ['Thermostat', 'Controls', 'pcs', 42],
  ['Circulation pump', 'Pumps', 'pcs', 130],
  ['Expansion vessel', 'Fittings', 'pcs', 38],
  ['Ball valve', 'Fittings', 'pcs', 7],
  ['Air conditioner', 'Cooling', 'pcs', 520],
  ['Pipe insulation', 'Pipes', 'm', 2],
]
