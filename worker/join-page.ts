/**
 * No script, no image, nothing to click: it says what to do with its own address. In both languages
 * at once, since it knows nothing of who reads it.
 */
const STYLE = `
  body { margin: 12vh auto; max-inline-size: 34rem; padding-inline: 1.5rem;
    font: 1rem/1.6 system-ui, sans-serif; color: #1b1f24; background: #fff }
  section + section { margin-block-start: 2.5rem; border-block-start: 1px solid #d9dee3;
    padding-block-start: 2rem }
  h1 { font-size: 1.375rem; line-height: 1.3 }
  ol { padding-inline-start: 1.25rem }
  li + li { margin-block-start: .5rem }
  @media (prefers-color-scheme: dark) {
    body { color: #e6e9ec; background: #15181b }
    section + section { border-color: #363c42 }
  }
`;

/** SHA-256 of the style as the policy names it; a test compares the two. */
export const JOIN_STYLE_HASH = '8hjlHFPxuhpnfxfA5OHDSfQksQzbM1KoOSvzYZFQzj0=';

export const JOIN_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Mainstay</title>
<style>${STYLE}</style>
<body>
<section>
<h1>You were invited to a Mainstay workspace</h1>
<ol>
<li>Install the Mainstay extension in this browser, if it is not there yet.</li>
<li>Copy the whole address of this page.</li>
<li>Open Mainstay, choose “Join a workspace”, and paste the address.</li>
<li>Compare six digits with the person who invited you.</li>
</ol>
<p>The part of the address after # is the secret of this invitation. It stays in your browser and is
not sent to this server.</p>
</section>
<section lang="he" dir="rtl">
<h1>הוזמנתם לסביבת עבודה של Mainstay</h1>
<ol>
<li>מתקינים את התוסף Mainstay בדפדפן הזה, אם הוא עדיין לא מותקן.</li>
<li>מעתיקים את הכתובת המלאה של הדף הזה.</li>
<li>פותחים את Mainstay, בוחרים ”הצטרפות לסביבת עבודה“ ומדביקים את הכתובת.</li>
<li>משווים שש ספרות עם מי שהזמין אתכם.</li>
</ol>
<p>החלק שאחרי # בכתובת הוא הסוד של ההזמנה. הוא נשאר בדפדפן ואינו נשלח לשרת הזה.</p>
</section>
</body>
</html>
`;
