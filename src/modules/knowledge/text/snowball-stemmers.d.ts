declare module "snowball-stemmers" {
  type Snowball = { newStemmer(algorithm: string): { stem(word: string): string } };
  export const newStemmer: Snowball["newStemmer"];
  // Node puts the library into the default export; a bundler that trusts its marks of an ES module finds none there.
  const snowball: Snowball;
  export default snowball;
}
