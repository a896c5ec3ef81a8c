// Beside the contract, so that pages which only need a number do not load the validation.

export const visitorNameChars = 80;
