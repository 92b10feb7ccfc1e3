export default (_: { readonly id?: string | undefined }) => <p>Wizard</p>;
