export default (_: { readonly id?: string | undefined }) => <p>Inside</p>;
