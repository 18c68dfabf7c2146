import { casual, GB } from 'chrono-node/en';
import { libraryDays } from '../days/library.ts';
import type { PromiseWords } from '../language.ts';

const SENDS =
  'sending|emailing|mailing|shipping|delivering|posting|forwarding|uploading|submitting|publishing|' +
  'calling|ringing|phoning|paying|transferring|finishing|returning|bringing|dropping|getting|' +
  'putting together|wrapping up|working through|handing over|rolling out|launching|drafting|preparing';

const DONE =
  'ready|done|finished|complete|completed|with you|in your inbox|in your hands|on your desk|delivered|sent|' +
  'sent out|shipped|uploaded|online|live|up|updated|fixed|paid|signed|available|back to you|in the post|submitted';

export const english: PromiseWords = {
  letters: /\p{Script=Latin}/u,
  isSpaced: true,
  will:
    "i'll|i will|i shall|i'm going to|i am going to|i'm gonna|we'll|we will|we shall|we're going to|" +
    "we are going to|we're gonna|i promise to|we promise to|i promise i'll|i plan to|we plan to|" +
    "i aim to|we aim to|i intend to|we intend to|i commit to|we commit to|i'm planning to|we're planning to|i am planning to|we are planning to|i'm aiming to|we're aiming to|we are aiming to|i am aiming to|let me|allow me to",
  willAtStart: "will|i'll|gonna",
  subject: "i|we|i've|we've|i have|we have|i'm|we're|i am|we are|thanks|thank you",
  between:
    'also|then|just|certainly|definitely|gladly|happily|personally|surely|of course|make sure to|be sure to|' +
    'make sure i|go ahead and|try to|try and|do my best to|do our best to|aim to|both|all|still|now|soon|shortly|' +
    'first|gladly|immediately|quickly|' +
    'be able to|be sending|be in touch with',
  idle:
    'be|be able|have to|need|never|not|always|miss|admit|say|confess|love|like|enjoy|remember|know|think|' +
    'assume|guess|probably|possibly|perhaps|maybe|likely|hopefully|see|see you|understand|regret|wait|stay|' +
    'keep in mind|keep you posted|get|get back from|get it|want|appreciate|talk soon|meet|live|lose|win|hear|' +
    'receive|believe|see you|know more|have|leave it|leave it at that|leave it there|forget|speak soon|be in touch|' +
    'explain why|just say|add that|note that|point out|assure|tell you|ask you|ask that|ask for your|start by saying|' +
    'only|no longer|defer to|rely on|depend on|require|cost|take|happen|struggle|fail|attend|join|participate|travel|fly',
  act: 'you have my word|i promise',
  plan:
    'will reach you|will arrive|will go out|goes out|will follow|to follow|is coming|are coming|coming your way|' +
    "will land in your inbox|i'll keep you posted|i'll be in touch|we'll be in touch|i will be in touch|we will be in touch|" +
    "i'll be back in touch|i'll be back with",
  planSteps: [
    ["i'm|i am|we're|we are|i'll be|we'll be|i will be|we will be", SENDS],
    [
      'i can|we can',
      'get|have|send|deliver|do|finish|call|share|bring|prepare|ship|start|provide|email',
    ],
    ["will be|'ll be|i'll have|we'll have|i will have|we will have", DONE],
    ["i'll get|i will get|we'll get|we will get", 'you|it|them|this|that|the|our|my'],
    [
      "i'll have|i will have|we'll have|we will have",
      'it|them|this|that|the|a|an|something|everything',
    ],
  ],
  gets:
    "you'll have|you will have|you'll get|you will get|you'll receive|you will receive|you'll hear|you will hear|you'll see|you will see|" +
    'you should have|you should receive|you can expect|expect|you shall have|you shall receive|look out for',
  owes: "you will|you'll|you were going to|your side will|your team will|you are going to",
  agreed: 'as agreed|as discussed|as we agreed|as we discussed|as settled|we agreed that|we agreed',
  asks: 'could you|would you|can you|will you|may i|should i|shall i|shall we|when will|do you|are you able',
  tags: "ok|okay|alright|all right|right|does that work|does that suit you|would that work|is that ok|is that okay|fair enough|deal|sounds good|if that's ok",
  ifs: 'if|unless|provided|providing|assuming|in case|otherwise|once you|when you|as soon as you|as soon as we have your|as soon as we receive|once we receive|once we have|were i to|should you|depending on|suppose|supposing|whenever|until you',
  ifAfter:
    'check|see|ask|confirm|find out|look|know|verify|test|ask _|check _|ask her|ask him|ask them|clarify|tell you|let you know|determine|wonder',
  hedges:
    'might|may|could|would|should|perhaps|maybe|hopefully|hope|hoping|wish|probably|possibly|not sure|unsure|' +
    "i doubt|can't promise|cannot promise|can't guarantee|wondering|what if|whether|imagine|unlikely|not certain|pretend|how|why",
  reported:
    'said|says|say|told|tells|thought|thinks|promised|promises|wrote|writes|claimed|claims|mentioned|asked|' +
    'announced|believed|heard|you want|he|she|they|according to|used to|wanted|was hoping|last time',
  asSaid:
    'as i said|as promised|as i told you|as i mentioned|as mentioned|like i said|as i wrote|as said|as you asked|as asked|as requested|' +
    'he asked for|she asked for|they asked for|you asked for|you asked about|you mentioned|you wrote about|we said|they need|he needs|she needs',
  not: "not|don't think|never|do not think|no longer",
  past: 'usually|every week|every month|every day|each week|each month|as always|regularly',
  pastDays: 'yesterday|last week|ago|last month',
  automated:
    'automated message|automatic message|automatically generated|automatic reply|auto-reply|autoreply|do not reply|' +
    'unsubscribe|your order|order number|ticket number|ticket #*|case number|no-reply|noreply|this mailbox is not monitored|your request has been received|' +
    'thank you for contacting|business days of receiving|your subscription|your parcel|tracking number|your shipment|confirmation code|terms of service',
  and: 'and|but|so|then',
  fillers:
    "to|please|also|and|but|so|then|that|well|ok|okay|sure|thanks|thank you|hi|hello|i can|we can|i will|i'll|we will|we'll|" +
    "i'm|i am|we're|we are|you will have|you'll have|you will get|you'll get|you will receive|you'll receive|expect|you will|you'll|as agreed|as discussed",
  days: {
    days: {
      0:
        'today|tonight|later today|this morning|this afternoon|this evening|by end of day|end of day|eod|cob|close of business|' +
        'end of business|by the end of the day|the end of the day|the end of today|end of today|within the hour|in an hour|within hours|later on today|straight away today',
      1: 'first thing tomorrow|tomorrow',
    },
    amounts: {
      '1 day': '24 hours',
      '2 day': '48 hours|a couple of days|couple of days|the next couple of days|two days',
    },
    amountBefore: 'in|within|in the next|over the next|in about|within the next',
    numbers: {
      1: 'one',
      2: 'two',
      3: 'three',
      4: 'four',
      5: 'five',
      6: 'six',
      7: 'seven',
      8: 'eight',
      10: 'ten',
      14: 'fourteen',
    },
    units: {
      workday: 'business days|working days|workdays|business day|working day',
      hour: 'hours',
      day: 'days|day',
      week: 'weeks|week',
      month: 'months|month',
    },
    periods: {
      'this-week':
        'the end of the week|end of the week|end of week|eow|this week|later this week|the end of this week|end of this week|the week is out|week is over',
      'start-of-next-week':
        'early next week|the beginning of next week|beginning of next week|the start of next week|start of next week|first thing next week',
      'middle-of-next-week':
        'the middle of next week|middle of next week|mid next week|midweek next week',
      'next-week':
        'the end of next week|end of next week|next week|sometime next week|in the course of next week|during next week|later next week|late next week',
      'week-after-next': 'the week after next|in the week after next',
      'after-weekend': 'after the weekend|right after the weekend',
      weekend: 'over the weekend|this weekend|the weekend|at the weekend|on the weekend',
      'middle-of-month': 'the middle of the month|middle of the month|mid-month|mid month',
      'this-month':
        'the end of the month|end of the month|end of month|month end|month-end|eom|this month|the end of this month|end of this month|the month is out',
      'start-of-next-month':
        'the beginning of next month|beginning of next month|early next month|the start of next month|start of next month',
      'next-month': 'the end of next month|end of next month|next month',
      quarter: 'the end of the quarter|end of the quarter|end of quarter|quarter end|this quarter',
      year: 'the end of the year|end of the year|end of year|year end|year-end|this year|the year is out',
    },
    dateBefore: 'the',
    dateAfter: 'st|nd|rd|th',
    onBefore: 'on|for|first thing|first thing on|at|come|as of|in|no later than on',
    byBefore:
      'by|no later than|not later than|at the latest by|at the latest on|at the latest|latest|until|till|on or before|at latest|by the latest on|due',
    byAfter: 'at the latest|at latest|latest|or earlier|or sooner',
    before: 'before|ahead of|prior to',
    lastBefore: 'last|this past|past',
    notDateBefore: 'since|from|version|page|at number|after',
  },
  library: libraryDays(
    ({ isMonthFirst }) => (isMonthFirst ? casual : GB),
    /^(?:sat|sun|mar|may|now|week|\d{1,2}|(?:an? |the )?(?:second|minute|hour|moment)s?)$/,
  ),
};
