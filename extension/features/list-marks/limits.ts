/** Of one question: four full pages of Gmail's longest list. */
export const MAX_ADDRESSES = 400;
